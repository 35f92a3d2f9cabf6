import { level } from '../analysis/estimate.js';
import { tQuantile } from '../analysis/student.js';
import type {
  AccountAnalysis,
  Analysis,
  CrossoverAnalysis,
  Estimate,
  PointAnalysis,
} from '../analysis/types.js';
import type { Account, Point } from '../contract/scenario.js';

/** A crossover is settled where its interval lies within ± this share of its middle. */
export const crossoverWithin = 0.1;

/** Neighbouring points further apart than this leave a crossover to the bracket alone (DESIGN rule 11). */
const widestStep = 2;

/** A question that more rounds could answer: the cells that would have to be measured again. */
export interface OpenQuestion {
  /** In words: "warm, length 4,000: wasm-simd or for-loop". */
  readonly name: string;
  readonly cells: readonly string[];
  /** Rounds that these cells have, at least, and about how many they need; infinite where nobody can say. */
  readonly rounds: number;
  readonly needs: number;
}

/** A crossover whose bracket is too wide for any number of rounds. */
export interface WideBracket {
  readonly account: Account;
  readonly axis: string;
  readonly fixed: Point;
  readonly low: number;
  readonly high: number;
  readonly at: number;
  /** Labels that take part on either side. */
  readonly strategies: readonly string[];
}

/** What the run cannot answer yet, cheapest kind of answer first. */
export function openQuestions(analysis: Analysis): OpenQuestion[] {
  const questions = analysis.accounts.flatMap((account) => [
    ...account.points.flatMap((point) => undecidedPoint(account, point, analysis.header.margin)),
    ...account.crossovers.flatMap((line) => looseCrossovers(account, line)),
  ]);
  return questions.sort((a, b) => a.needs - b.needs);
}

export function wideBrackets({ accounts }: Analysis): WideBracket[] {
  return accounts.flatMap(({ account, crossovers }) =>
    crossovers.flatMap(({ axis, fixed, regions, crossovers: found }) => {
      const strategies = [
        ...new Set(regions.flatMap(({ challengers, incumbents }) => [...challengers, ...incumbents])),
      ];
      return found
        .filter(({ bracketOnly, interval }) => bracketOnly && interval.high > interval.low * widestStep)
        .map(({ interval, at }) => ({
          account,
          axis,
          fixed,
          low: interval.low,
          high: interval.high,
          at,
          strategies,
        }));
    }),
  );
}

/** Contenders that the label could not part. */
function undecidedPoint(
  { account, points }: AccountAnalysis,
  point: PointAnalysis,
  margin: number,
): OpenQuestion[] {
  if (point.label.kind !== 'undecided') return [];
  const { strategies } = point.label;
  const contenders = point.cells.filter(({ strategy }) => strategies.includes(strategy));
  const times = contenders.flatMap(({ strategy, state }) =>
    state.kind === 'measured' ? [{ ...state.time, spread: spreadOf(strategy, state.time, points) }] : [],
  );
  const rounds = Math.min(...times.map((time) => time.rounds));
  const name = `${account}, ${placeOf(point.point)}: ${strategies.join(' or ')}`;
  return [
    { name, cells: contenders.map(({ cell }) => cell), rounds, needs: roundsNeeded(times, rounds, margin) },
  ];
}

/**
 * Rounds after which the closest pair is parted, or shown to be the same: the interval must fit into the gap, or else
 * into the margin.
 */
function roundsNeeded(
  times: readonly { readonly value: number; readonly spread: number }[],
  rounds: number,
  margin: number,
): number {
  const [first, second] = [...times].sort((a, b) => a.value - b.value);
  const spread = Math.hypot(first?.spread ?? Number.NaN, second?.spread ?? Number.NaN);
  if (!Number.isFinite(spread)) return Math.max(4, rounds + 1);
  const gap = Math.log(second.value / first.value);
  const error = spread / Math.sqrt(rounds);
  const halfOfDifference = error * tQuantile(level, Math.max(1, rounds - 1));
  const needs = likelyGaps.map((z) => {
    const likely = Math.abs(gap + z * error);
    return roundsUntil(Math.max(likely, Math.log1p(margin) - likely), halfOfDifference, rounds);
  });
  return needs.sort((a, b) => a - b)[needs.length >> 1];
}

/**
 * Standard deviation of one round's log time. Eight rounds of one cell know it to a quarter only, and a time goes with
 * its square: so the strategy's other points of the account take part, together with as much weight as the cell's own.
 */
function spreadOf(strategy: string, own: Estimate, points: readonly PointAnalysis[]): number {
  const others = points.flatMap(({ cells }) =>
    cells.flatMap((cell) =>
      cell.strategy === strategy && cell.state.kind === 'measured' && cell.state.time !== own
        ? [variance(cell.state.time)]
        : [],
    ),
  );
  const known = others.filter((each) => Number.isFinite(each));
  if (known.length === 0) return Math.sqrt(variance(own));
  return Math.sqrt((variance(own) + known.reduce((sum, each) => sum + each, 0) / known.length) / 2);
}

/** Between rounds, on the log scale, from the interval; NaN without one. */
function variance({ interval, rounds }: Estimate): number {
  if (interval === undefined) return Number.NaN;
  const half = Math.log(interval.high / interval.low) / 2;
  return rounds * (half / tQuantile(level, rounds - 1)) ** 2;
}

/**
 * Where the true gap may lie, in standard errors: the nine deciles' middles of a normal. The estimate alone would tell
 * too long a time, since pairs are open above all where chance has made their gap look small.
 */
const likelyGaps = [-1.59, -0.97, -0.59, -0.28, 0, 0.28, 0.59, 0.97, 1.59];

/** More rounds than anybody will wait for. */
const tooMany = 10_000;

/** Intervals jump about their mean width, and the first one that fits ends the question: seen in simulated runs. */
const firstPassage = 0.75;

/**
 * Rounds after which half an interval, now of `half` after `rounds`, is at most `room`. It shrinks with the square root
 * of the rounds and, from few rounds on, faster, with Student's t: 4 rounds to 20 makes 3.4, not 2.2.
 */
function roundsUntil(room: number, half: number, rounds: number): number {
  const spread = (half * Math.sqrt(rounds)) / tQuantile(level, rounds - 1);
  const halfAfter = (n: number) => (tQuantile(level, n - 1) * spread) / Math.sqrt(n);
  let n = rounds;
  while (n < tooMany && halfAfter(n) > room) n = Math.max(n + 1, Math.ceil(n * 1.02));
  return n < tooMany ? rounds + Math.ceil(firstPassage * (n - rounds)) : Number.POSITIVE_INFINITY;
}

/** Crossovers between close points whose interval is still too wide: more rounds at both ends. */
function looseCrossovers({ account, points }: AccountAnalysis, line: CrossoverAnalysis): OpenQuestion[] {
  return line.crossovers.flatMap(({ at, interval, bracketOnly }) => {
    const width = Math.log(interval.high / interval.low) / 2;
    if (bracketOnly || width <= Math.log1p(crossoverWithin)) return [];
    const strategies = new Set(
      line.regions.flatMap(({ challengers, incumbents }) => [...challengers, ...incumbents]),
    );
    const ends = endsAround(points, line, at);
    const cells = ends.flatMap((point) => point.cells.filter(({ strategy }) => strategies.has(strategy)));
    const measured = cells.flatMap(({ cell, state }) =>
      state.kind === 'measured' ? [{ cell, rounds: state.time.rounds }] : [],
    );
    if (measured.length === 0) return [];
    const rounds = Math.min(...measured.map((cell) => cell.rounds));
    const needs = roundsUntil(Math.log1p(crossoverWithin), width, rounds);
    const name = `${account}, crossover near ${line.axis} ${Math.round(at)}`;
    return [{ name, cells: measured.map(({ cell }) => cell), rounds, needs }];
  });
}

/** The nearest measured point of the line on each side of a value. */
function endsAround(
  points: readonly PointAnalysis[],
  { axis, fixed }: CrossoverAnalysis,
  at: number,
): PointAnalysis[] {
  const onLine = points
    .filter(({ point }) => Object.entries(fixed).every(([name, value]) => point[name] === value))
    .sort((a, b) => Number(a.point[axis]) - Number(b.point[axis]));
  const below = onLine.filter(({ point }) => Number(point[axis]) <= at).at(-1);
  const above = onLine.find(({ point }) => Number(point[axis]) > at);
  return [below, above].flatMap((point) => (point === undefined ? [] : [point]));
}

function placeOf(point: Point): string {
  const plain = new Set(['workers', 'chunk', 'skew', 'values']);
  const parts = Object.entries(point).filter(([axis]) => !plain.has(axis));
  return parts.map(([axis, value]) => `${axis} ${value.toLocaleString('en-US')}`).join(', ');
}
