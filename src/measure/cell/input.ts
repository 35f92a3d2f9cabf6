import { type Dictionary, isLists } from '../../contract/dictionary.js';
import { toForm } from '../../dictionary/columns.js';
import { readColumnsFile } from '../../dictionary/columns-file.js';
import { generate } from '../../dictionary/generate.js';
import { generateInParallel } from '../../dictionary/generate-in-parallel.js';
import { defaultWorkers, usableCores } from '../host.js';
import type { CellOrder } from '../order.js';

/** The user's data, as it lies in the process before anything is timed. */
export async function makeInput({ data, from }: Pick<CellOrder, 'data' | 'from'>): Promise<Dictionary> {
  if (data.kind === 'generated' && from === 'lists') return generate(data.spec, from);
  if (data.kind === 'generated') return generateInParallel(data.spec, defaultWorkers(usableCores()));
  const { keys, length } = data;
  return toForm(readColumnsFile(data.path, { keys, length }), from);
}

/**
 * 'ints' where every number is a small integer: it decides how V8 stores lists and what encoding them costs. Of
 * generated data it is known; other data are looked through.
 */
export function elementKind({ data }: Pick<CellOrder, 'data'>, input: Dictionary): 'ints' | 'doubles' {
  return data.kind === 'generated' ? data.spec.values : kindSeen(input);
}

function kindSeen(input: Dictionary): 'ints' | 'doubles' {
  const small = (x: number) => (x | 0) === x && (x !== 0 || 1 / x > 0);
  if (!isLists(input)) return input.values.every(small) ? 'ints' : 'doubles';
  for (const list of input.values()) if (!list.every(small)) return 'doubles';
  return 'ints';
}

/**
 * Fresh data for each call, at the cost of one store: flips the first number of the dictionary between its own value
 * and another one. A strategy that returns an earlier answer, or caches by identity of the input, answers wrongly.
 */
export class Freshener {
  flipped = false;
  /** Somebody else wrote the number that is flipped: seen here, since flipping would cover it up. */
  overwritten = false;
  private readonly place:
    | { readonly key: string; readonly numbers: number[] | Float64Array; readonly index: number }
    | undefined;
  private readonly original: number = 0;

  constructor(input: Dictionary) {
    this.place = firstNumber(input);
    if (this.place !== undefined) this.original = this.place.numbers[this.place.index];
  }

  /** The key whose list changes; undefined where the dictionary holds no number. */
  get key(): string | undefined {
    return this.place?.key;
  }

  /** The number that flips, as it is now; undefined where the dictionary holds none. */
  get first(): number | undefined {
    return this.place === undefined ? undefined : this.value(this.flipped);
  }

  flip(): void {
    this.set(!this.flipped);
  }

  set(flipped: boolean): void {
    if (this.place !== undefined) {
      const { numbers, index } = this.place;
      if (!Object.is(numbers[index], this.value(this.flipped))) this.overwritten = true;
      numbers[index] = this.value(flipped);
    }
    this.flipped = flipped;
  }

  private value(flipped: boolean): number {
    // Small integers both, so that neither value changes how V8 stores the list.
    const other = Object.is(this.original, 1) ? 2 : 1;
    return flipped ? other : this.original;
  }
}

function firstNumber(input: Dictionary) {
  if (isLists(input)) {
    for (const [key, numbers] of input) if (numbers.length > 0) return { key, numbers, index: 0 };
    return undefined;
  }
  const { keys, offsets, values } = input;
  const at = keys.findIndex((_, index) => offsets[index + 1] > offsets[index]);
  return at < 0 ? undefined : { key: keys[at], numbers: values, index: offsets[at] };
}
