import type { Shape } from '../../choose/choose.js';

/** What is asked about, and what is known of the function before it is measured. */
export interface OwnQuestion {
  readonly keys: number;
  /** Numbers per list, on average. */
  readonly length: number;
  /** The lists are those of a file: no others can be made. */
  readonly fromFile: boolean;
  /** Of one list, ms. */
  readonly listMs: number;
  /** Longer lists cost no more than in proportion: what short ones cost says something of them. */
  readonly inProportion: boolean;
  readonly workers: number;
  /** Those that can run it, the for-loop first. */
  readonly strategies: readonly OwnStrategy[];
}

export interface OwnStrategy {
  readonly label: string;
  readonly family: string;
}

export interface OwnCell {
  readonly strategy: string;
  readonly keys: number;
  readonly length: number;
}

/** What is measured of somebody's own function, in this order. */
export interface OwnCells {
  /** Two sizes of every strategy, one strategy after another. */
  readonly first: readonly OwnCell[];
  /** As long as there is time, and only of those that may still win. */
  readonly further: readonly OwnCell[];
  /** More keys are asked about than can be measured. */
  readonly extrapolates: boolean;
  /** So many of them are of the loop and its first rival. */
  readonly least: number;
  /** Of the first cells, ms. */
  readonly estimatedMs: number;
  /** Whether there is time to compute every answer a second time. */
  readonly verify: boolean;
  /** Strategies for which there is no time. */
  readonly left: readonly string[];
}

/** All cells together: with the start of the tool, and trying the function, an answer within about 10 s. */
export const budgetMs = 7_500;
/** One call of the for-loop's largest cell. */
const longestCallMs = 600;
/** Where lists take nothing, making and sending them does. */
const mostNumbers = 1_000_000;
/** Beside the largest size one that is so much smaller: the two tell a start from a price. */
const smaller = 8;

/**
 * As many keys as fit into a few seconds, up to those that are asked about, and fewer beside them; where more are asked
 * about, several counts, since a price that is drawn out must have been seen to hold; else shorter lists, where they tell something.
 */
export function ownCells(question: OwnQuestion): OwnCells {
  const { strategies, keys, fromFile, inProportion } = question;
  const length = fromFile ? question.length : lengthHeld(question.length);
  const short = Math.max(1, Math.round(length / smaller));
  const extrapolates = heldKeys(question) < keys || affordableKeys(question) < keys;
  const at = (which: readonly number[], some: readonly OwnStrategy[], long = length): OwnCell[] =>
    which.flatMap((place) =>
      some.flatMap(({ label, family }) => {
        const count = keyCounts(question, isPool(family))[place];
        return count === undefined ? [] : [{ strategy: label, keys: count, length: long }];
      }),
    );
  const price = (some: readonly OwnStrategy[], verify: boolean) =>
    at([0, 1], some).reduce((sum, cell) => sum + cellMs(cell, question, verify), 0);

  const verify = price(strategies.slice(0, 3), true) <= budgetMs;
  let taken: readonly OwnStrategy[] = [];
  for (const strategy of strategies) {
    const more = [...taken, strategy];
    // The loop and a first rival are what the answer is about, whatever they take.
    if (more.length <= 2 || price(more, verify) <= budgetMs) taken = more;
  }
  const shorter = !fromFile && short < length ? at([0, 1], taken, short) : [];
  // A longer list than any that is made is told from two lengths of those that are.
  const isCut = length < question.length;
  return {
    first: [...taken.flatMap((one) => at([0, 1], [one])), ...(isCut ? shorter : [])],
    further: [...(isCut || extrapolates || !inProportion ? [] : shorter), ...at([2, 3, 4], taken)],
    extrapolates,
    least: at([0, 1], taken.slice(0, 2)).length,
    estimatedMs: price(taken, verify),
    verify,
    left: strategies.filter((one) => !taken.includes(one)).map(({ label }) => label),
  };
}

/** Where the first cells lie for a model. */
export function shapesOf({ first }: OwnCells, workers: number): Shape[] {
  return first.map(({ keys, length }) => ({ keys, elements: keys * length, work: 1, workers }));
}

/** The largest list that is made: longer ones are told from it. */
export function lengthHeld(length: number): number {
  return Math.max(1, Math.min(Math.round(length), mostNumbers));
}

function isPool(family: string): boolean {
  return family === 'threads' || family === 'processes';
}

function heldKeys({ keys, length }: OwnQuestion): number {
  return Math.max(1, Math.min(Math.round(keys), Math.floor(mostNumbers / lengthHeld(length))));
}

/** Two at least: one key says nothing of what a second one costs. */
function affordableKeys({ listMs }: OwnQuestion): number {
  return Math.max(2, Math.floor(longestCallMs / listMs));
}

/**
 * The largest count of keys, a smaller one, and others between. Of a pool multiples of its workers, as far as there are so
 * many: with fewer, or one left over, it is idle in part, and further keys would seem to cost nothing.
 */
function keyCounts(question: OwnQuestion, pool: boolean): number[] {
  const { workers } = question;
  const [held, affordable] = [heldKeys(question), affordableKeys(question)];
  const whole = (count: number) => Math.max(workers, workers * Math.floor(count / workers));
  if (affordable < Math.min(held, 4 * workers)) {
    const unit = pool ? workers : 1;
    const counts = [2, 1, 3].map((times) => Math.min(held, times * unit));
    return [...new Set(counts)];
  }
  const most = affordable < held ? whole(affordable) : held;
  const shares = [1, 1 / smaller, 1 / 3, 1 / 24, 2 / 3];
  return [...new Set(shares.map((share) => (share === 1 ? most : Math.min(most, whole(share * most)))))];
}

/** Starting Node, importing, two sessions, ms. */
const startMs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 450, processes: 700 }));
const plainStartMs = 300;
/** To send a number and its answer, ms. */
const movingMs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 1e-4, processes: 3e-4 }));
const plainMovingMs = 1e-5;
/** At most, warming up and sampling calls that are short. */
const shortSeriesMs = 100;

function cellMs(
  { strategy, keys, length }: OwnCell,
  { strategies, listMs, length: asked, workers }: OwnQuestion,
  verify: boolean,
): number {
  const family = strategies.find(({ label }) => label === strategy)?.family ?? 'serial';
  const each = listMs * Math.min(1, length / asked);
  const side = isPool(family) ? Math.min(workers, keys) : 1;
  const callMs = (keys * each) / side + keys * length * (movingMs.get(family) ?? plainMovingMs);
  const calls = callMs > 250 ? 2 : callMs > 20 ? 4 : 5 + Math.min(6, shortSeriesMs / callMs);
  // Each list once, and the first of them for both values of its first number and by itself.
  const checkMs = verify ? (keys + 3) * each : 0;
  return (startMs.get(family) ?? plainStartMs) + calls * callMs + checkMs;
}
