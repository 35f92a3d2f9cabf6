import { crossingDraws } from '../analysis/crossing.js';
import { type JudgedLine, judgedLines } from '../analysis/crossover.js';
import { estimateFromLogDraws, quantileOf } from '../analysis/estimate.js';
import { alpha } from '../analysis/holm.js';
import { labelsOf } from '../analysis/label.js';
import { linesOf } from '../analysis/line.js';
import { regionsOf, shapeOf } from '../analysis/region.js';
import { median } from '../analysis/round-logs.js';
import { accounts, type Table } from '../analysis/table.js';
import { pointKey } from '../contract/axes.js';
import type { Account, Point } from '../contract/scenario.js';
import type { Limits } from './limits.js';
import type { Twin } from './twin.js';
import type { Compared, Crossing, CrossoverChange, WinnerChange } from './types.js';

/** A move by less changes nobody's mind. */
const leastMove = Math.log(1.2);

/**
 * Crossovers that are not where they were, and such as are there on one side only. Places are compared draw by draw, by
 * the same straight lines between the same points, so that what is wrong with a straight line between distant points
 * is wrong on both sides alike: a move is seen inside a bracket that is too wide to name the place itself.
 */
export function crossoverChanges(
  { scenario, base, head }: Twin,
  changed: readonly Compared[],
  limits: Limits,
): CrossoverChange[] {
  const heads = new Map(judgedAll(head).map((line) => [keyOf(line), line]));
  const both = judgedAll(base).flatMap((before) => {
    const after = heads.get(keyOf(before));
    return after === undefined ? [] : [{ before, after }];
  });
  return both.flatMap(({ before, after }) => {
    const move = moveOf(before, after, base, head, alpha / both.length);
    const found = move ?? appearance(before, after, changed);
    if (found === undefined) return [];
    const { question, account, line } = before;
    const { axis, fixed } = line;
    const least = limits.crossover ?? Number.POSITIVE_INFINITY;
    const interval = move?.factor.interval;
    const red = interval !== undefined && (interval.low > least || interval.high < 1 / least);
    const challengers = winnersOf(before, after);
    return [{ scenario, account, question, axis, fixed, challengers, ...found, red }];
  });
}

function judgedAll(table: Table): JudgedLine[] {
  const lines = linesOf(table);
  return accounts.flatMap((account) => judgedLines(table, account, lines));
}

/** One crossover on each side, in the same direction, whose places surely differ. */
function moveOf(before: JudgedLine, after: JudgedLine, base: Table, head: Table, share: number) {
  const [from, to] = [before.brackets, after.brackets];
  if (from.length !== 1 || to.length !== 1 || from[0][0].leader !== to[0][0].leader) return undefined;
  const below = from[0][0].leader === 'challenger' ? ('challenger' as const) : ('incumbent' as const);
  const [was, is] = [crossingDraws(from[0], base.resampler), crossingDraws(to[0], head.resampler)];
  if (was === undefined || is === undefined) return undefined;
  const logs = is.map((at, draw) => Math.log(at / was[draw]));
  const sorted = logs.slice().sort();
  const [low, high] = [quantileOf(sorted, share / 2), quantileOf(sorted, 1 - share / 2)];
  const middle = quantileOf(sorted, 0.5);
  if (!(low > 0 || high < 0) || Math.abs(middle) < leastMove) return undefined;
  const rounds = Math.min(base.header.rounds, head.header.rounds);
  return {
    before: { kind: 'at', at: median([...was]), below } as const,
    after: { kind: 'at', at: median([...is]), below } as const,
    factor: estimateFromLogDraws(middle, logs, rounds),
  };
}

/**
 * A crossover that is there on one side only, where the other side says "always" or "never": told only where a strategy
 * of that account changed too, since a tie at the margin falls on this side or that by chance.
 */
function appearance(before: JudgedLine, after: JudgedLine, changed: readonly Compared[]) {
  const [was, is] = [crossingOf(before), crossingOf(after)];
  if (was === undefined || is === undefined || was.kind === is.kind) return undefined;
  const involved = new Set(
    before.points.flatMap(({ challengers, incumbents }) =>
      [...challengers, ...incumbents].map(({ strategy }) => strategy.label),
    ),
  );
  const explained = changed.some(
    ({ account, strategy, label }) =>
      account === before.account && involved.has(strategy) && (label === 'slower' || label === 'faster'),
  );
  return explained ? { before: was, after: is } : undefined;
}

/** Undefined where the answer is in doubt, a tie, or changes more than once. */
function crossingOf({ points, brackets }: JudgedLine): Crossing | undefined {
  const shape = shapeOf(regionsOf(points), brackets.length);
  if (shape === 'always' || shape === 'never') return { kind: shape };
  if (shape !== 'one crossover') return undefined;
  const [bracket] = brackets;
  const below = bracket[0].leader === 'challenger' ? 'challenger' : 'incumbent';
  const ends = [bracket[0].value, bracket[bracket.length - 1].value];
  return { kind: 'at', at: Math.sqrt(ends[0] * ends[1]), below };
}

function winnersOf(...lines: readonly JudgedLine[]): string[] {
  const winners = lines.flatMap(({ points }) =>
    points.flatMap(({ leader, contest }) =>
      leader === 'challenger' && contest?.challenger !== undefined ? [contest.challenger] : [],
    ),
  );
  return [...new Set(winners)];
}

function keyOf({ question, account, line }: JudgedLine): string {
  return JSON.stringify([question, account, line.axis, pointKey(line.fixed)]);
}

/** Points that both runs name a winner of, and not the same one. */
export function winnerChanges({ scenario, base, head }: Twin): WinnerChange[] {
  return accounts.flatMap((account) => {
    const after = findWinners(head, account);
    return [...findWinners(base, account)].flatMap(([key, { point, winner: before }]) => {
      const now = after.get(key)?.winner;
      return now === undefined || now === before ? [] : [{ scenario, account, point, before, after: now }];
    });
  });
}

function findWinners(table: Table, account: Account): Map<string, { point: Point; winner: string }> {
  const labels = labelsOf(
    table.points.map((point) => table.at(account, point)),
    table.header,
  );
  return new Map(
    table.points.flatMap((point, i) => {
      const label = labels[i];
      return label.kind === 'winner' ? [[pointKey(point), { point, winner: label.strategy }] as const] : [];
    }),
  );
}
