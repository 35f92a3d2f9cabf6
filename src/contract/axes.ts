import type { Axes, AxisValue, Point } from './scenario.js';

/* The axes that every run has, in one table: the command line, plans, generated data, planners and documents read it. */

/** V8's limit for the entries of a Map; columns keep to it, so that every dictionary has both forms. */
export const maxKeys = 2 ** 24;

/** Offsets of columns are 32-bit. */
export const maxElements = 2 ** 32 - 1;

/** Beyond this the second list of a Zipf distribution is empty but for its one element. */
const maxExponent = 16;

/** Threads beyond this only exhaust the machine; a pool of that size is a slip of the pen. */
const mostWorkers = 1_024;

/** What stands before and behind a value in a sentence; `instead`: words that say the value by themselves. */
export type Around = { readonly before?: string; readonly after?: string } | { readonly instead: string };

/** What an axis is called, and what stands around its values. */
export interface AxisWords {
  readonly title: string;
  /** Nanoseconds in one unit of the axis, where it is a time. */
  readonly unitNs?: number;
  readonly around: (value: AxisValue) => Around;
  /** As an amount, where `around` would not read well behind "about". */
  readonly amount?: Around;
}

interface Axis extends AxisWords {
  /**
   * 'size': of the data, which a data file is cut to. 'kind': of generated data alone, since a file has its own lengths
   * and values. 'run': how it is computed.
   */
  readonly of: 'size' | 'kind' | 'run';
  /** Its value where no sweep names it. Of `workers`, that is the machine's to say. */
  readonly standard?: AxisValue;
  /** A range on it is rounded to whole numbers. */
  readonly isWhole: boolean;
  readonly allows: (value: AxisValue) => boolean;
  /** What `allows` asks, for a message: "it must be …". */
  readonly must: string;
}

const aWholeNumber = 'it must be a whole number above 0';

export const axes: ReadonlyMap<string, Axis> = new Map(
  Object.entries<Axis>({
    keys: {
      title: 'keys in the dictionary',
      around: (keys) => ({ after: keys === 1 ? ' key' : ' keys' }),
      of: 'size',
      standard: 8,
      isWhole: true,
      allows: isWhole(maxKeys),
      must: `${aWholeNumber}, and at most 2^24 (16,777,216), the most keys that a Map can hold`,
    },
    length: {
      title: 'numbers per list',
      around: () => ({ before: 'lists of ' }),
      amount: { after: ' numbers per list' },
      of: 'size',
      standard: 1_000,
      isWhole: true,
      allows: isWhole(maxElements),
      must: `${aWholeNumber}, and below 2^32`,
    },
    skew: {
      title: 'skew of the list lengths',
      around: () => ({ before: 'skew ' }),
      of: 'kind',
      standard: 'equal',
      isWhole: false,
      allows: (value) =>
        value === 'equal' || (typeof value === 'number' && value > 0 && value <= maxExponent),
      must: `it must be equal, or a Zipf exponent above 0 and at most ${maxExponent}, like 1.1`,
    },
    values: {
      title: 'kind of numbers',
      around: () => ({}),
      of: 'kind',
      standard: 'ints',
      isWhole: false,
      allows: (value) => value === 'ints' || value === 'doubles',
      must: 'it must be ints or doubles',
    },
    workers: {
      title: 'workers',
      around: (workers) => ({ after: workers === 1 ? ' worker' : ' workers' }),
      of: 'run',
      isWhole: true,
      allows: (value) => isPerCore(value) || isWhole(mostWorkers)(value),
      must: `${aWholeNumber}, and at most ${mostWorkers}, or so many per usable core, like 2xcores`,
    },
    chunk: {
      title: 'keys per message',
      around: (chunk) => {
        if (chunk === 'key') return { instead: 'one key per message' };
        return chunk === 'balanced' ? { instead: 'balanced chunks' } : { before: 'chunks of ' };
      },
      of: 'run',
      standard: 'balanced',
      isWhole: true,
      allows: (value) => value === 'key' || value === 'balanced' || isWhole(maxKeys)(value),
      must: 'it must be key, balanced, or a whole number of keys per message',
    },
  }),
);

/** Options of kernels that are swept as axes: ours have these words. */
const optionWords: ReadonlyMap<string, AxisWords> = new Map(
  Object.entries<AxisWords>({
    cost: { title: 'work per item', unitNs: 1e3, around: () => ({ after: ' of work per item' }) },
    ms: { title: 'wait per item', unitNs: 1e6, around: () => ({ after: ' of waiting per item' }) },
    steps: { title: 'steps per number', around: () => ({ after: ' steps per number' }) },
    operation: { title: 'operation', around: () => ({}) },
  }),
);

/** The words of an axis; a user's own option keeps its name. */
export function axisWords(axis: string): AxisWords {
  const words = axes.get(axis) ?? optionWords.get(axis);
  return words ?? { title: axis, around: () => ({ before: `${axis} ` }) };
}

/** Title of an axis: "numbers per list". */
export function axisTitle(axis: string): string {
  return axisWords(axis).title;
}

/** The same text for equal points, whatever the order of their axes. */
export function pointKey(point: Point): string {
  return JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** True where the point has one of the values of each axis that is named; other axes may have any value. */
export function matches(point: Point, where: Axes): boolean {
  return Object.entries(where).every(([axis, values]) => values.some((value) => value === point[axis]));
}

/** Names of the axes of these sorts, in the order of the table. */
export function axesOf(...sorts: readonly Axis['of'][]): string[] {
  return [...axes].flatMap(([name, { of }]) => (sorts.includes(of) ? [name] : []));
}

function isWhole(most: number) {
  return (value: AxisValue) =>
    typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
}

/** `2xcores`: so many workers per usable core. */
const perCore = /^(\d+(?:\.\d+)?)xcores$/;

export function isPerCore(value: AxisValue): boolean {
  return typeof value === 'string' && Number(perCore.exec(value)?.[1] ?? 0) > 0;
}

/**
 * Values of the axis `workers` as numbers: plain data cannot know the machine, so that a scenario says `2xcores`. At
 * least one worker, to the nearest whole one, each number once, the smallest first.
 */
export function workersOn(usableCores: number, values: readonly AxisValue[]): number[] {
  const counts = values.map((value) => {
    const factor = perCore.exec(String(value))?.[1];
    return factor === undefined ? Number(value) : Math.max(1, Math.round(Number(factor) * usableCores));
  });
  return [...new Set(counts)].sort((a, b) => a - b);
}
