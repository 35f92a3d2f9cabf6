import { shown } from './data-error.js';
import type { RawData } from './group-rows.js';
import { maxElements, maxKeys } from './spec.js';

/** Collects whole lists in the order of the file. */
export interface AppendedLists {
  /** One list as parsed from JSON; `null` in it is missing. Throws a RangeError that names what is wrong and where. */
  add(key: string, list: unknown): void;
  finish(): RawData;
}

/** `limit`: the most keys that are allowed; one more throws a RangeError. */
export function appendedLists(limit = maxKeys): AppendedLists {
  const seen = new Set<string>();
  const ends: number[] = [];
  let values = new Float64Array(1024);
  let count = 0;
  let missing = 0;

  function reserve(room: number): void {
    if (count + room <= values.length) return;
    if (count + room > maxElements)
      throw new RangeError('more than 2^32 − 1 numbers: take a part of the file');
    const bigger = new Float64Array(Math.max(values.length * 2, count + room));
    bigger.set(values);
    values = bigger;
  }

  return {
    add(key, list) {
      if (seen.has(key))
        throw new RangeError(`key ${shown(key)} appears twice: join its lists, or rename one`);
      if (seen.size === limit)
        throw new RangeError(`more than ${limit} keys; a Map holds no more: take a part of the file`);
      if (!Array.isArray(list)) {
        throw new RangeError(`key ${shown(key)}: expected an array of numbers, found ${shown(list)}`);
      }
      reserve(list.length);
      for (let index = 0; index < list.length; index++) {
        const value: unknown = list[index];
        if (typeof value === 'number' && Number.isFinite(value)) values[count++] = value;
        else if (value === null) missing++;
        else
          throw new RangeError(
            `key ${shown(key)}, index ${index}: expected a number, found ${shown(value)}${hint(value)}`,
          );
      }
      seen.add(key);
      ends.push(count);
    },
    finish() {
      const offsets = new Uint32Array(ends.length + 1);
      offsets.set(ends, 1);
      return { columns: { keys: [...seen], offsets, values: values.slice(0, count) }, missing };
    },
  };
}

function hint(value: unknown): string {
  // JSON.parse reads 1e999 as Infinity.
  if (typeof value === 'number') return '; the number in the file is too large for a double';
  if (typeof value === 'string') return '; write numbers without quotes, and null where a value is missing';
  return '; write null where a value is missing';
}
