import { leastRounds, level } from '../../analysis/estimate.js';
import { tQuantile } from '../../analysis/student.js';
import type { AccountAnalysis, Analysis, CrossoverAnalysis, PointAnalysis } from '../../analysis/types.js';
import { axesOf, pointKey } from '../../contract/axes.js';
import type { Account, Point } from '../../contract/scenario.js';
import { formatPercent } from '../../document/units.js';
import { closestPair } from './closest-pair.js';
import { roundsToSettle } from './rounds-to-settle.js';
import { beyond, crossoverWithin, narrow, parted } from './rules.js';

/** Neighbouring points further apart than this leave a crossover to the bracket alone (DESIGN rule 11). */
const widestStep = 2;

/** Axes that a point's short name leaves out. */
const unnamed: readonly string[] = axesOf('kind', 'run');

/** The part of an analysis that a planner asks. */
export type Answers = Pick<Analysis, 'accounts' | 'header'>;

/** A question that more rounds could answer: the cells that would have to be measured again. */
export interface OpenQuestion {
  /** The same at each look, whoever is still in the race and wherever a crossover seems to lie. */
  readonly key: string;
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
export function openQuestions(analysis: Answers): OpenQuestion[] {
  const questions = analysis.accounts.flatMap((account) => [
    ...account.points.flatMap((point) => undecidedPoint(account, point, analysis.header)),
    ...account.crossovers.flatMap((line) => looseCrossovers(account, line)),
  ]);
  return questions.sort((a, b) => a.needs - b.needs);
}

/**
 * Points whose label has an answer while their region has none: faster, but by more than the margin or not? A cheaper
 * question to leave open than the others: asked where nothing else is left to ask.
 */
export function openRegions({ accounts, header }: Answers): OpenQuestion[] {
  const questions = accounts.flatMap(({ account, points, crossovers }) =>
    crossovers.flatMap(({ axis, fixed, regions }) =>
      regions
        .filter(({ winner }) => winner === 'undecided')
        .flatMap(({ from, to, challengers, incumbents }) => {
          const sides = [challengers, incumbents];
          return pointsOnLine(points, { axis, fixed })
            .filter(
              ({ point, label }) =>
                Number(point[axis]) >= from && Number(point[axis]) <= to && label.kind !== 'undecided',
            )
            .flatMap((point) => regionQuestion(account, point, sides, points, header.margin));
        }),
    ),
  );
  return questions.sort((a, b) => a.needs - b.needs);
}

function regionQuestion(
  account: Account,
  point: PointAnalysis,
  sides: readonly (readonly string[])[],
  points: readonly PointAnalysis[],
  margin: number,
): OpenQuestion[] {
  // Side against side: two that are as good on the same side are no question.
  const rivals = sides.flatMap((side) => fastestOf(point, side));
  const pair = rivals.length === 2 ? closestPair(rivals, points) : undefined;
  if (pair === undefined) return [];
  const name = `${account}, ${placeOf(point.point)}: ${rivals.map(({ strategy }) => strategy).join(' or ')}, by more than ${formatPercent(margin)}`;
  return [
    {
      key: `${account} region ${pointKey(point.point)}`,
      name,
      cells: rivals.map(({ cell }) => cell),
      rounds: pair.rounds,
      needs: roundsToSettle(pair, beyond(margin)),
    },
  ];
}

/** The fastest of some strategies at a point, if any was measured there. */
export function fastestOf({ cells }: PointAnalysis, side: readonly string[]) {
  return cells
    .flatMap(({ strategy, cell, state }) =>
      state.kind === 'measured' && side.includes(strategy) ? [{ strategy, cell, time: state.time }] : [],
    )
    .sort((a, b) => a.time.value - b.time.value)
    .slice(0, 1);
}

export function wideBrackets({ accounts }: Answers): WideBracket[] {
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
  header: Answers['header'],
): OpenQuestion[] {
  if (point.label.kind !== 'undecided') return [];
  const { strategies } = point.label;
  const contenders = point.cells.filter(({ strategy }) => strategies.includes(strategy));
  const times = contenders.flatMap(({ strategy, state }) =>
    state.kind === 'measured' ? [{ strategy, time: state.time }] : [],
  );
  const rounds = Math.min(...times.map(({ time }) => time.rounds));
  const pair = closestPair(times, points);
  // Holm's correction multiplies by the number of points that are still open, as far as the account's labels say.
  const open = points.filter(({ label }) => label.kind === 'undecided').length;
  const needs =
    pair === undefined ? Math.max(leastRounds, rounds + 1) : roundsToSettle(pair, parted(header, open));
  const name = `${account}, ${placeOf(point.point)}: ${strategies.join(' or ')}`;
  const key = `${account} point ${pointKey(point.point)}`;
  return [{ key, name, cells: contenders.map(({ cell }) => cell), rounds, needs }];
}

/** Crossovers between close points whose interval is still too wide: more rounds at both ends. */
export function looseCrossovers(
  { account, points }: AccountAnalysis,
  line: CrossoverAnalysis,
): OpenQuestion[] {
  return line.crossovers.flatMap(({ at, interval, bracketOnly }, place) => {
    const width = Math.log(interval.high / interval.low) / 2;
    if (bracketOnly || width <= Math.log1p(crossoverWithin)) return [];
    const strategies = new Set(
      line.regions.flatMap(({ challengers, incumbents }) => [...challengers, ...incumbents]),
    );
    const ends = endsAround(points, line, at);
    const cells = ends.flatMap((point) => point.cells.filter(({ strategy }) => strategies.has(strategy)));
    const measured = cells.flatMap(({ cell, state }) =>
      // Who was given up early has no interval, and no part in this crossover's.
      state.kind === 'measured' && state.time.interval !== undefined
        ? [{ cell, rounds: state.time.rounds }]
        : [],
    );
    if (measured.length === 0) return [];
    const rounds = Math.min(...measured.map((cell) => cell.rounds));
    const own = (width * Math.sqrt(rounds)) / tQuantile(level, rounds - 1);
    // Both sides' spreads make the width, each known by its rounds.
    const known = { rounds, mean: 0, own, spread: own, freedom: 2 * (rounds - 1) };
    const needs = roundsToSettle(known, narrow);
    const name = `${account}, crossover near ${line.axis} ${Math.round(at)}`;
    const key = [account, 'crossover', line.question, line.axis, JSON.stringify(line.fixed), place].join(' ');
    return [{ key, name, cells: measured.map(({ cell }) => cell), rounds, needs }];
  });
}

function pointsOnLine(
  points: readonly PointAnalysis[],
  { axis, fixed }: Pick<CrossoverAnalysis, 'axis' | 'fixed'>,
): PointAnalysis[] {
  return points
    .filter(({ point }) => Object.entries(fixed).every(([name, value]) => point[name] === value))
    .sort((a, b) => Number(a.point[axis]) - Number(b.point[axis]));
}

/** The nearest measured point of the line on each side of a value. */
function endsAround(
  points: readonly PointAnalysis[],
  { axis, fixed }: CrossoverAnalysis,
  at: number,
): PointAnalysis[] {
  const onLine = pointsOnLine(points, { axis, fixed });
  const below = onLine.filter(({ point }) => Number(point[axis]) <= at).at(-1);
  const above = onLine.find(({ point }) => Number(point[axis]) > at);
  return [below, above].flatMap((point) => (point === undefined ? [] : [point]));
}

export function placeOf(point: Point): string {
  // Sizes, and options of the kernel.
  const parts = Object.entries(point).filter(([axis]) => !unnamed.includes(axis));
  return parts.map(([axis, value]) => `${axis} ${value.toLocaleString('en-US')}`).join(', ');
}
