import { type Term, termValue } from '../choose/choose.js';
import type { CacheRecord } from '../results/format.js';
import type { Observation, Observed } from './observation.js';
import { passedBytes } from './scaling/roof.js';

/** Terms that may explain a strategy's time: T = A + m·o + N·c_main + N·(w + c_worker)/p. */
export function oneRegime(observed: Timed): Term[][] {
  const size: Term[] = [{ kind: 'start' }, { kind: 'key' }, { kind: 'element' }];
  const sizes = hasLongLists(observed) ? [size, [...size, ofLongLists]] : [size];
  return sizes.flatMap((each) => extraTerms(observed).map((extra) => [...each, ...extra]));
}

/**
 * V8 gives an object of more than 128 KiB pages of its own, made for each anew, and the first touch of fresh memory costs
 * more than most work: all numbers of such lists do, whatever there is of others. (`kMaxRegularHeapObjectSize` of a
 * 64-bit build; 8 bytes per number.)
 */
const ofLongLists: Term = { kind: 'element of lists beyond', split: 2 ** 17 / 8 };

/** On both sides of that size something was measured. */
function hasLongLists({ observations }: Timed): boolean {
  const long = observations.filter(({ shape }) => termValue(ofLongLists, shape) > 0).length;
  return long > 0 && long < observations.length;
}

/** The same with another price per number beyond a size; `splits` in numbers. */
export function twoRegimes(observed: Timed, splits: readonly number[]): Term[][] {
  return splits.flatMap((split) =>
    extraTerms(observed).map((extra): Term[] => [
      { kind: 'start' },
      { kind: 'key' },
      { kind: 'element below', split },
      { kind: 'element beyond', split },
      ...extra,
    ]),
  );
}

type Timed = Pick<Observed, 'observations' | 'parallel'>;

/** What may be added to the size: which of it, the errors on held-out rows say. */
function extraTerms(observed: Timed): Term[][] {
  const works = workTerms(observed);
  return isShared(observed)
    ? [...works, ...works.map((work): Term[] => [...work, { kind: 'worker' }, { kind: 'shared element' }])]
    : works;
}

/** Work that was swept is done per list or per number. */
function workTerms(observed: Timed): Term[][] {
  if (distinct(observed.observations, ({ shape }) => shape.work) < 2) return [[]];
  return isShared(observed)
    ? [[{ kind: 'shared list work' }], [{ kind: 'shared element work' }]]
    : [[{ kind: 'list work' }], [{ kind: 'element work' }]];
}

/** Counts of workers that a formula of what they share needs. */
export const leastWorkerCounts = 3;

/** With fewer counts of workers, what they share cannot be told from what the main thread does. */
function isShared({ parallel, observations }: Timed): boolean {
  return parallel && distinct(observations, ({ shape }) => shape.workers) >= leastWorkerCounts;
}

function distinct(observations: readonly Observation[], of: (one: Observation) => number): number {
  return new Set(observations.map(of)).size;
}

/** Where a second regime may begin, in numbers: at the size of a cache, or in the middle between measured sizes. */
export function splitsBetween(
  observations: readonly Observation[],
  caches: readonly CacheRecord[],
): { readonly caches: number[]; readonly middles: number[] } {
  const sizes = [...new Set(observations.map(({ shape }) => shape.elements))].sort((a, b) => a - b);
  // Below, two sizes show a slope; beyond, the slope goes on from there, and one size is enough.
  const [from, to] = [sizes[1], sizes[sizes.length - 1]];
  const between = (split: number) => split > from && split < to;
  return {
    caches: caches.map(({ bytes }) => bytes / passedBytes).filter(between),
    middles: sizes
      .slice(1)
      .map((size, i) => Math.sqrt(size * sizes[i]))
      .filter(between),
  };
}

/** A size of the data at which what a number costs changes. */
export interface Split {
  readonly bytes: number;
  /** Name of the cache that is about as large; absent where none is. */
  readonly near?: string;
}

/** The size of a split in numbers as one in memory, and the cache that may explain it. */
export function describeSplit(split: number, caches: readonly CacheRecord[]): Split {
  const bytes = split * passedBytes;
  const near = caches.find((cache) => bytes >= cache.bytes / 2 && bytes <= cache.bytes * 2);
  return { bytes, ...(near && { near: near.name }) };
}
