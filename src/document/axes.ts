/* Axes in words: the one table of what an axis is called, how its values are printed, and what stands around them. */

/** A value of an axis: a number, or a word. */
export type AxisValue = number | string;

/** The same as a point of the contract. */
export type Point = Readonly<Record<string, AxisValue>>;

/** What stands before and behind a value in a sentence; `instead`: words that say the value by themselves. */
export type Around = { readonly before?: string; readonly after?: string } | { readonly instead: string };

export interface AxisWords {
  readonly title: string;
  /** Nanoseconds in one unit of the axis, where it is a time. */
  readonly unitNs?: number;
  readonly around: (value: AxisValue) => Around;
  /** As an amount, where `around` would not read well behind "about". */
  readonly amount?: Around;
}

// Options of kernels are axes too. Ours have these words; a user's own option of another name keeps its name.
const known: ReadonlyMap<string, AxisWords> = new Map(
  Object.entries<AxisWords>({
    keys: { title: 'keys in the dictionary', around: (keys) => ({ after: keys === 1 ? ' key' : ' keys' }) },
    length: {
      title: 'numbers per list',
      around: () => ({ before: 'lists of ' }),
      amount: { after: ' numbers per list' },
    },
    skew: { title: 'skew of the list lengths', around: () => ({ before: 'skew ' }) },
    values: { title: 'kind of numbers', around: () => ({}) },
    workers: { title: 'workers', around: (workers) => ({ after: workers === 1 ? ' worker' : ' workers' }) },
    chunk: {
      title: 'keys per message',
      around: (chunk) => {
        if (chunk === 'key') return { instead: 'one key per message' };
        return chunk === 'balanced' ? { instead: 'balanced chunks' } : { before: 'chunks of ' };
      },
    },
    cost: { title: 'work per item', unitNs: 1e3, around: () => ({ after: ' of work per item' }) },
    ms: { title: 'wait per item', unitNs: 1e6, around: () => ({ after: ' of waiting per item' }) },
    steps: { title: 'steps per number', around: () => ({ after: ' steps per number' }) },
    operation: { title: 'operation', around: () => ({}) },
  }),
);

/** The words of an axis; a user's own axis keeps its name. */
export function axisWords(axis: string): AxisWords {
  return known.get(axis) ?? { title: axis, around: () => ({ before: `${axis} ` }) };
}

/** Title of an axis: "numbers per list". */
export function axisTitle(axis: string): string {
  return axisWords(axis).title;
}
