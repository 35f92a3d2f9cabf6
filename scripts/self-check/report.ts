import type { HostRecord } from '../../src/results/format.js';
import { percent } from '../proofs/proof.js';
import type { ConditionFigures, Share } from './figures.js';
import type { OrderEffect } from './order-effect.js';

export interface SelfCheck {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly quick: boolean;
  /** False where the time ended before all rounds were measured. */
  readonly complete: boolean;
  readonly host: HostRecord;
  readonly conditions: readonly ConditionFigures[];
  readonly orderEffect?: OrderEffect;
}

/** The report in words; every number comes from the figures beside it. */
export function reportOf(check: SelfCheck): string {
  const { host, startedAt, quick, complete } = check;
  const left = complete ? '' : ' The time ended before all rounds were measured: run it again to go on.';
  return `${[
    '# Self-check: how often breakeven is wrong on this machine',
    `${host.cpu}, ${host.usableCores} of ${host.cores} cores, ${host.os}, Node ${host.node}; begun ${startedAt}${quick ? '; **quick: indicative**' : ''}.${left}`,
    'The strategy `for-loop` on the kernel `burn` (a fixed count of steps), each cell in a fresh process, rounds shuffled, warm account, judged by the same analysis as any run, 8 rounds per comparison. Comparisons of one cell are drawn in disjoint blocks of rounds while these last, then, where the pool holds two blocks at least, resampled from it: those share rounds, so their interval (Clopper–Pearson, 95 %) is narrower than it should be (by how much: `npm run proofs -- resampled-blocks`). The disjoint ones have an interval of their own.',
    ...check.conditions.map(conditionText),
    ...(check.conditions.length === 0
      ? ['Too few rounds for any comparison yet.']
      : [`![How often a difference is seen, by its size](detection-${quick ? 'quick' : 'full'}.png)`]),
    orderText(check.orderEffect),
  ].join('\n\n')}\n`;
}

const titles = { quiet: 'On a quiet machine', busy: 'Beside a program that keeps one core busy' };

function conditionText({ condition, rounds, others, same, slower }: ConditionFigures): string {
  const busy = others === undefined ? '' : `; other programs took ${percent(others)} of the processor time`;
  return [
    `## ${titles[condition]}`,
    `${rounds} rounds${busy}. Smallest difference that such a run could have seen: about ${percent(same.smallestDifference)}.`,
    table([
      ['A against A', 'found', 'share', 'interval', 'bar'],
      [
        'false winner',
        ...cells(same.falseWinners),
        bar(same.falseWinners.interval.low <= 0.05, 'low end ≤ 5 %'),
      ],
      ['— disjoint blocks only', ...cells(same.falseWinnersDisjoint), ''],
      ['interval leaves out 1', ...cells(same.falseDifferences), 'nominal 5 %'],
      [
        'any false winner in a whole map',
        ...cells(same.falseMaps),
        bar(same.falseMaps.interval.low <= 0.05, 'low end ≤ 5 %'),
      ],
    ]),
    `Of the others ${same.called.same} were called "same within 5 %" and ${same.called.undecided} "undecided".`,
    table([
      [
        'more work',
        'measured',
        'named slower',
        'share',
        'interval',
        'interval leaves out 1',
        'wrong way',
        'disjoint',
        'bar',
      ],
      ...slower.map((one) => [
        percent(one.more),
        percent(one.seen),
        ...cells(one.found),
        percent(one.differs.share),
        String(one.wrong),
        String(one.disjoint),
        one.more === 0.1 ? bar(one.found.share >= 0.9, '≥ 90 %') : '',
      ]),
    ]),
  ].join('\n\n');
}

function orderText(effect: OrderEffect | undefined): string {
  if (effect === undefined) return '## Order\n\nNot measured.';
  return [
    '## Order',
    `The same strategies in shuffled orders, ${effect.rounds} rounds: time of a strategy when others ran before it, over its time when it came first.`,
    table([
      ['strategy', 'all in one process', 'interval', 'one process each', 'interval'],
      ...effect.strategies.map(({ strategy, together, apart }) => [
        strategy,
        signed(together.value - 1),
        range(together.interval),
        signed(apart.value - 1),
        range(apart.interval),
      ]),
    ]),
    `Bar: under 2 % with one process each: ${effect.strategies.every(({ apart }) => Math.abs(apart.value - 1) < 0.02) ? 'reached' : 'MISSED'}.`,
  ].join('\n\n');
}

function cells({ found, of, share, interval }: Share): string[] {
  return [`${found} of ${of}`, percent(share), `${percent(interval.low)} to ${percent(interval.high)}`];
}

function range(interval: { low: number; high: number } | undefined): string {
  return interval === undefined ? '–' : `${signed(interval.low - 1)} to ${signed(interval.high - 1)}`;
}

function bar(reached: boolean, text: string): string {
  return `${text}: ${reached ? 'reached' : 'MISSED'}`;
}

function table([head, ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function signed(share: number): string {
  return `${share > 0 ? '+' : ''}${percent(share)}`;
}
