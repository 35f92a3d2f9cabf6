import type {
  AccountAnalysis,
  Analysis,
  CrossoverAnalysis,
  CrossoverQuestion,
  StrategyCrossover,
} from '../../analysis/types.js';
import { axisTitle, formatAmount, formatPoint, varyingAxes } from '../axes.js';
import type { ReportChart } from '../charts/charts.js';
import { capital, listed, table } from '../plain-text.js';
import { bare, told } from '../pointers/note.js';
import { formatPercent } from '../units.js';
import { embedded } from './embedded.js';
import { borderWords, regionWords, sweepWords, winnersOf } from './region-words.js';

/** How each question is put to a reader, with the names of its two sides. */
const questions: Readonly<
  Record<CrossoverQuestion, { asks: string; challenger: string; incumbent: string }>
> = {
  'single-thread against for-loop': {
    asks: 'Does another way on a single thread beat the for-loop: packed arrays, SIMD, tasks?',
    challenger: 'another single-thread way',
    incumbent: 'the for-loop',
  },
  'parallel against best single-thread': {
    asks: 'Do threads or processes beat the best single thread?',
    challenger: 'a pool',
    incumbent: 'the best single thread',
  },
};

/** A loss below this is not worth a figure: the times that it is made from are not known so well. */
const leastLoss = 0.001;

/** Where the answer changes along an axis, both questions, per account. */
export function crossoversSection(analysis: Analysis, charts: readonly ReportChart[]): string {
  const none = analysis.accounts.every(({ crossovers }) => crossovers.length === 0);
  return [
    '## Crossovers',
    none
      ? 'The run has no numeric axis with two points on which both sides were measured, so it can show no crossover.'
      : 'A crossover is named only between points that were measured, with a winner on each side.',
    ...analysis.accounts
      .filter(({ crossovers }) => crossovers.length > 0)
      .flatMap((account) => accountPart(analysis, account)),
    ...embedded(charts.filter(({ kind }) => kind === 'speed-up')),
  ].join('\n\n');
}

function accountPart(analysis: Analysis, account: AccountAnalysis): string[] {
  const asked = Object.keys(questions).flatMap((question) => {
    const along = account.crossovers.filter((one) => one.question === question);
    return along.length === 0 ? [] : [{ question: question as CrossoverQuestion, along }];
  });
  return [
    `### ${capital(account.account)}`,
    ...asked.map(({ question, along }) =>
      [`${questions[question].asks}\n`, ...sentences(analysis, along).map((text) => `- ${text}`)].join('\n'),
    ),
    ...eachPart(account),
  ];
}

/** Each pool by itself, a row each; columns are the lines: what they hold still, and along which axis they go. */
function eachPart({ each }: AccountAnalysis): string[] {
  if (each.length === 0) return [];
  const lineKey = ({ axis, fixed }: StrategyCrossover) => JSON.stringify([axis, fixed]);
  const lines = [...new Map(each.map((one) => [lineKey(one), one])).values()];
  const fixed = lines.map((line) => line.fixed);
  const varying = varyingAxes(fixed);
  const axes = new Set(lines.map(({ axis }) => axis));
  const head = lines.map((line) =>
    [
      ...(axes.size > 1 ? [axisTitle(line.axis)] : []),
      ...(varying.length > 0 ? [formatPoint(line.fixed, varying)] : []),
    ].join(', '),
  );
  const strategies = [...new Set(each.map(({ strategy }) => strategy))];
  const rows = strategies.map((strategy) => [
    strategy,
    ...lines.map((line) => {
      const found = each.find((one) => one.strategy === strategy && lineKey(one) === lineKey(line));
      return found === undefined ? '–' : eachText(found);
    }),
  ]);
  const columns = head.map((words) => (words === '' ? 'it pays' : `it pays, ${words}`));
  return ['Each by itself against the best single thread:', table(['strategy', ...columns], rows)];
}

/** From where on one pool pays: "from about 120 steps per number [100, 140] on". */
function eachText(one: StrategyCrossover): string {
  switch (one.shape) {
    case 'always':
      return 'at every point';
    case 'never':
      return 'at no point';
    case 'same':
      return 'no difference';
    case 'one crossover':
      return borderWords(one.axis, one.crossovers[0]);
    case 'undecided':
    case 'several': {
      const won = one.regions.filter(({ winner }) => winner === 'challenger');
      const open = one.regions.filter(({ winner }) => winner === 'undecided');
      const words = (regions: typeof won) => listed(regions.map((region) => regionWords(one.axis, region)));
      return [
        ...(won.length > 0 ? [words(won)] : ['nowhere for sure']),
        ...(open.length > 0 ? [`undecided ${words(open)}`] : []),
      ].join('; ');
    }
  }
}

/** One sentence per answer: lines that differ only in what they hold still share it. */
export function sentences(analysis: Analysis, along: readonly CrossoverAnalysis[]): string[] {
  const groups = new Map<string, { over: string; held: string[]; text: string }>();
  for (const one of along) {
    const [over, text] = [sweepWords(one), [lineText(analysis, one), ...thresholdText(one)].join(' ')];
    const key = bare(`${over}: ${text}`);
    const group = groups.get(key) ?? { over, held: [], text };
    groups.set(key, group);
    if (Object.keys(one.fixed).length > 0) group.held.push(formatPoint(one.fixed));
  }
  return [...groups.values()].map(
    ({ over, held, text }) =>
      `Over ${over}${held.length === 0 ? '' : ` (with ${listed(held, 'or')})`}: ${text}`,
  );
}

/** The answer of one line: "never; for-loop wins at every point". */
function lineText(analysis: Analysis, one: CrossoverAnalysis): string {
  const { challenger, incumbent } = questions[one.question];
  const by = (side: 'challenger' | 'incumbent') => winnersOf(one, side);
  switch (one.shape) {
    case 'always':
      return `always; ${by('challenger') || challenger} wins at every point.`;
    case 'never':
      return `never; ${one.regions.some(({ winner }) => winner === 'same') ? `${challenger} is the same at best.` : `${standing(one, by('incumbent'))} wins at every point.`}`;
    case 'same':
      return `no difference; both sides stay within ${told(analysis.header, 'margin', formatPercent)} of each other.`;
    case 'one crossover': {
      const [border] = one.crossovers;
      const [low, high] =
        border.below === 'challenger'
          ? (['challenger', 'incumbent'] as const)
          : (['incumbent', 'challenger'] as const);
      const between = one.regions.filter(({ winner }) => winner === 'same' || winner === 'undecided');
      const doubt =
        between.length === 0
          ? ''
          : ` (${listed(between.map((region) => `${region.winner} ${regionWords(one.axis, region)}`))})`;
      return `${by('challenger') || challenger} wins ${borderWords(one.axis, border)}${doubt}; ${low === 'incumbent' ? 'below' : 'above'} that ${by(low === 'incumbent' ? low : high) || incumbent} wins.`;
    }
    case 'undecided':
    case 'several':
      return `${one.shape === 'several' ? 'it changes with the size' : 'not decided everywhere'}: ${listed(one.regions.map((region) => regionText(one, region)))}.`;
  }
}

/** The best single thread may be another one at each point, and none of them the winner there: a label alone would say so. */
function standing({ question }: CrossoverAnalysis, labels: string): string {
  const { incumbent } = questions[question];
  if (labels === '') return incumbent;
  return question === 'single-thread against for-loop' ? labels : `${incumbent} (${labels})`;
}

/** "One threshold for all: from 4k numbers per list on wasm-simd, below for-loop; it loses 2 % …": what a map is worth. */
function thresholdText(one: CrossoverAnalysis): string[] {
  const { threshold, regions, axis } = one;
  if (threshold === undefined) return [];
  const nameOf = (side: 'challenger' | 'incumbent') => winnersOf(one, side) || questions[one.question][side];
  const { from, above, loss } = threshold;
  const other = above === 'challenger' ? 'incumbent' : 'challenger';
  const everywhere = from <= regions[0].from ? above : Number.isFinite(from) ? undefined : other;
  const rule =
    everywhere === undefined
      ? `from ${formatAmount(axis, from, { kind: 'border', from: threshold, name: 'from', rounded: false })} on ${nameOf(above)}, below ${nameOf(other)}`
      : `${nameOf(everywhere)} everywhere`;
  const costs = loss < leastLoss ? 'nothing' : told(threshold, 'loss', formatPercent);
  return [
    `One threshold for all: ${rule}; it loses ${costs} against taking the faster at every point, on average.`,
  ];
}

function regionText(one: CrossoverAnalysis, region: CrossoverAnalysis['regions'][number]): string {
  const where = regionWords(one.axis, region);
  const { challenger, incumbent } = questions[one.question];
  if (region.winner === 'undecided') return `undecided ${where}`;
  if (region.winner === 'same') return `the same ${where}`;
  const winners = region.winner === 'challenger' ? region.challengers : region.incumbents;
  return `${listed(winners, 'or') || (region.winner === 'challenger' ? challenger : incumbent)} wins ${where}`;
}
