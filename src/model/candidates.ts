import type { Term } from '../choose/choose.js';
import type { CacheRecord } from '../results/format.js';
import type { Observation } from './observation.js';

/** Terms that may explain a strategy's time, T = A + m·o + N·c_main + N·(w + c_worker)/p, those with fewer first. */
export function oneRegime(observations: readonly Observation[]): Term[][] {
  const size: Term[] = [{ kind: 'start' }, { kind: 'key' }, { kind: 'element' }];
  return workTerms(observations).map((work) => [...size, ...work, ...workerTerms(observations)]);
}

/** The same with another price per number beyond a size; `splits` in numbers. */
export function twoRegimes(observations: readonly Observation[], splits: readonly number[]): Term[][] {
  return splits.flatMap((split) =>
    workTerms(observations).map((work): Term[] => [
      { kind: 'start' },
      { kind: 'key' },
      { kind: 'element below', split },
      { kind: 'element beyond', split },
      ...work,
      ...workerTerms(observations),
    ]),
  );
}

/** Work that was swept is done per list or per number: which of them, the errors on held-out rows say. */
function workTerms(observations: readonly Observation[]): Term[][] {
  if (distinct(observations, ({ shape }) => shape.work) < 2) return [[]];
  return isShared(observations)
    ? [[{ kind: 'shared list work' }], [{ kind: 'shared element work' }]]
    : [[{ kind: 'list work' }], [{ kind: 'element work' }]];
}

/** With fewer than three counts of workers, what they share cannot be told from what the main thread does. */
function isShared(observations: readonly Observation[]): boolean {
  return distinct(observations, ({ shape }) => shape.workers) >= 3;
}

function workerTerms(observations: readonly Observation[]): Term[] {
  return isShared(observations) ? [{ kind: 'worker' }, { kind: 'shared element' }] : [];
}

function distinct(observations: readonly Observation[], of: (one: Observation) => number): number {
  return new Set(observations.map(of)).size;
}

/** Bytes of a double, in and out: what a number takes of a cache. */
const bytesPerElement = 16;

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
    caches: caches.map(({ bytes }) => bytes / bytesPerElement).filter(between),
    middles: sizes
      .slice(1)
      .map((size, i) => Math.sqrt(size * sizes[i]))
      .filter(between),
  };
}

/** What a split looks like to somebody who knows the machine: `41,000 numbers (640 kB)`, and the cache it is near. */
export function splitWords(split: number, caches: readonly CacheRecord[]): string {
  const bytes = split * bytesPerElement;
  const near = caches.find((cache) => bytes >= cache.bytes / 2 && bytes <= cache.bytes * 2);
  const size = bytes >= 1e6 ? `${(bytes / 1e6).toPrecision(2)} MB` : `${(bytes / 1e3).toPrecision(2)} kB`;
  return `${size}${near === undefined ? '' : `, about the size of ${near.name}`}`;
}
