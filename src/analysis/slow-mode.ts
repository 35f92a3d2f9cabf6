import type { RoundLogs } from './round-logs.js';

/**
 * Some processes of a strategy are slow as a whole: where its threads or its memory came to lie decides it once for all
 * calls. How many and by how much is a property of the strategy, not of a point: a point's few rounds cannot know it,
 * all rounds of the strategy together do.
 */
export interface SlowMode {
  /** Processes that were slow, of so many. */
  readonly slow: number;
  readonly processes: number;
  /** How much slower they were, as a log factor, and its standard error. */
  readonly by: number;
  readonly byError: number;
}

/** What was found among the rounds of a strategy: its mode, and for each cell which of its rounds were slow. */
export interface FoundMode {
  readonly mode: SlowMode;
  readonly slow: readonly (readonly boolean[])[];
}

/** Where the search begins, as log factors; it goes on from there by itself. */
const startsAt = [0.25, 0.45, 0.7, 1.1] as const;
const steps = 8;
/** A mode that lies nearer to the fast one, in its standard deviations, cannot be told from it process by process. */
const leastApart = 3.5;
/** Smaller ones are noise like any other. */
const leastBy = 0.12;
/** Where more of them are slow, "slow" is no exception, and a cell's few rounds may all be. */
const mostShare = 0.4;
/** Twice the log likelihood that it must explain beyond one normal distribution, and beyond its mirror image. */
const leastGain = 12;
/** How far slow processes differ among themselves, as a share of the distance. */
const looseness = 0.25;
/** Logs of times that agree to the last digit still have some noise. */
const leastSigma = 0.002;

/**
 * A slow mode of processes, fitted to the log times of all cells of one strategy; undefined where a gate finds none.
 * Each cell has a fast centre of its own; share, distance and noise are common. Cells are split into their fast and
 * their slowest rounds by the likelihood, and the common values are then taken from the split, in turns (classification
 * EM: Celeux and Govaert, "A classification EM algorithm for clustering and two stochastic versions", 1992).
 *
 * A mixture can be fitted to any noise, and would then claim to know what it does not. So it has to be better than one
 * normal distribution by far, and better than the same fit to the mirrored data, which symmetric noise with heavy tails,
 * or with more noise at some points, fits as well. (In the mirror one slow round of four looks like three slow ones: there
 * at most half of a cell may be.)
 */
export function findSlowMode(cells: readonly RoundLogs[]): FoundMode | undefined {
  const values = cells.map((logs) => [...logs].filter((log) => !Number.isNaN(log)));
  const found = bestSplit(values, 1);
  if (found === undefined || found.gain < leastGain) return undefined;
  const mirrored = bestSplit(
    values.map((cell) => cell.map((log) => -log)),
    0.5,
  );
  if (mirrored !== undefined && found.gain < 2 * mirrored.gain) return undefined;
  const slow = cells.map((logs, i) => [...logs].map((log) => log >= found.borders[i]));
  return { mode: modeOf(cells, slow), slow };
}

/** Share, distance and noise on which all cells of a strategy agree. */
interface Common {
  readonly share: number;
  readonly by: number;
  readonly sigma: number;
}

interface Split {
  /** Twice the log likelihood, beyond that of one normal distribution around each cell's mean. */
  readonly gain: number;
  /** By cell: the least slow value; infinite where none is slow. */
  readonly borders: readonly number[];
}

/** `most`: the share of a cell's rounds that may be slow, where it leaves one that is fast. */
function bestSplit(cells: readonly (readonly number[])[], most: number): Split | undefined {
  const sorted = cells.map((cell) => [...cell].sort((a, b) => a - b));
  const count = sorted.reduce((sum, { length }) => sum + length, 0);
  const freedom = count - sorted.filter(({ length }) => length > 0).length;
  if (freedom < 3) return undefined;
  const single = Math.max(
    leastSigma,
    Math.sqrt(sorted.reduce((sum, cell) => sum + squaresAround(cell), 0) / freedom),
  );
  const alone = -freedom * (Math.log(single) + 0.5);
  const sums = sorted.map(sumUp);
  let best: Split | undefined;
  for (const start of startsAt) {
    const split = splitFrom({ share: 0.1, by: start, sigma: start / 6 }, sorted, sums, most);
    if (split === undefined) continue;
    const gain = 2 * (split.likelihood - alone);
    if (best === undefined || gain > best.gain) best = { gain, borders: split.borders };
  }
  return best;
}

function splitFrom(
  start: Common,
  sorted: readonly (readonly number[])[],
  sums: readonly Sums[],
  most: number,
) {
  const count = sorted.reduce((sum, { length }) => sum + length, 0);
  let common = start;
  let slowOf: number[] = [];
  for (let step = 0; step < steps; step++) {
    slowOf = sums.map((cell) => slowIn(cell, common, most));
    const next = commonOf(sorted, slowOf, count);
    if (next === undefined) return undefined;
    common = next;
  }
  const { share, by, sigma } = common;
  if (by < leastBy || by < leastApart * sigma || share > mostShare) return undefined;
  let [fast, slow, away, cells] = [0, 0, 0, 0];
  const spread = Math.hypot(sigma, looseness * by);
  sorted.forEach((cell, i) => {
    if (cell.length === 0) return;
    const few = cell.length - slowOf[i];
    cells++;
    fast += few;
    slow += slowOf[i];
    const centre = meanOfFirst(cell, few);
    for (let j = few; j < cell.length; j++) away += ((cell[j] - centre - by) / spread) ** 2;
  });
  const likelihood =
    slow * Math.log(share) +
    fast * Math.log(1 - share) -
    (fast - cells) * (Math.log(sigma) + 0.5) -
    slow * Math.log(spread) -
    away / 2;
  const borders = sorted.map((cell, i) =>
    slowOf[i] === 0 ? Number.POSITIVE_INFINITY : cell[cell.length - slowOf[i]],
  );
  return { likelihood, borders };
}

/** Sums over the first values of a cell, which are the same in every step: with them each way to part it costs one. */
interface Sums {
  readonly count: number;
  /** Of the first `n` values, from the first one on: around nothing, squares of logs would lose their digits. */
  readonly firsts: Float64Array;
  readonly squares: Float64Array;
}

function sumUp(ascending: readonly number[]): Sums {
  const [firsts, squares] = [0, 1].map(() => new Float64Array(ascending.length + 1));
  ascending.forEach((value, i) => {
    const from = value - ascending[0];
    firsts[i + 1] = firsts[i] + from;
    squares[i + 1] = squares[i] + from ** 2;
  });
  return { count: ascending.length, firsts, squares };
}

/** How many of a cell's values are slow, most likely; one at least is fast. */
function slowIn({ count, firsts, squares }: Sums, { share, by, sigma }: Common, mostSlow: number): number {
  const spread = Math.hypot(sigma, looseness * by);
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let slow = 0; slow < count && slow <= mostSlow * count; slow++) {
    const fast = count - slow;
    const centre = firsts[fast] / fast;
    const away = centre + by;
    const nearFast = squares[fast] - fast * centre ** 2;
    const nearSlow =
      squares[count] - squares[fast] - 2 * away * (firsts[count] - firsts[fast]) + slow * away ** 2;
    const score =
      slow * Math.log(share / spread) +
      fast * Math.log((1 - share) / sigma) -
      nearFast / sigma ** 2 / 2 -
      nearSlow / spread ** 2 / 2;
    if (score > most) [best, most] = [slow, score];
  }
  return best;
}

function commonOf(
  sorted: readonly (readonly number[])[],
  slowOf: readonly number[],
  count: number,
): Common | undefined {
  let [slow, beyond, squares, freedom] = [0, 0, 0, 0];
  sorted.forEach((cell, i) => {
    if (cell.length === 0) return;
    const fast = cell.length - slowOf[i];
    const centre = meanOfFirst(cell, fast);
    squares += squaresAround(cell.slice(0, fast));
    freedom += fast - 1;
    slow += slowOf[i];
    for (let j = fast; j < cell.length; j++) beyond += cell[j] - centre;
  });
  if (slow === 0 || freedom === 0) return undefined;
  return {
    share: (slow + 0.5) / (count + 1),
    by: beyond / slow,
    sigma: Math.max(leastSigma, Math.sqrt(squares / freedom)),
  };
}

function modeOf(cells: readonly RoundLogs[], slow: readonly (readonly boolean[])[]): SlowMode {
  const beyond: number[] = [];
  let processes = 0;
  cells.forEach((logs, i) => {
    const fast = [...logs].filter((log, j) => !Number.isNaN(log) && !slow[i][j]);
    const centre = meanOfFirst(fast, fast.length);
    logs.forEach((log, j) => {
      if (Number.isNaN(log)) return;
      processes++;
      if (slow[i][j]) beyond.push(log - centre);
    });
  });
  const by = meanOfFirst(beyond, beyond.length);
  // A single slow process says nothing of how they differ.
  const spread = Math.sqrt((squaresAround(beyond) + (looseness * by) ** 2) / beyond.length);
  return { slow: beyond.length, processes, by, byError: spread / Math.sqrt(beyond.length) };
}

function meanOfFirst(values: readonly number[], count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i];
  return sum / count;
}

function squaresAround(values: readonly number[]): number {
  const centre = meanOfFirst(values, values.length);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}
