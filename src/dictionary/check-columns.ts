import type { Columns } from '../contract/dictionary.js';

/**
 * Throws a RangeError where columns are not whole: offsets must start at 0, never fall, end at `values.length`, and be
 * one more than the keys. Keys must differ, or the lists form would lose one.
 */
export function checkColumns({ keys, offsets, values }: Columns): void {
  if (offsets.length !== keys.length + 1) {
    throw new RangeError(
      `columns: ${keys.length} keys need ${keys.length + 1} offsets, not ${offsets.length}`,
    );
  }
  if (offsets[0] !== 0) throw new RangeError(`columns: the first offset must be 0, not ${offsets[0]}`);
  for (let key = 0; key < keys.length; key++) {
    if (offsets[key + 1] < offsets[key]) {
      throw new RangeError(
        `columns: offsets must not fall, but list '${keys[key]}' goes from ${offsets[key]} to ${offsets[key + 1]}`,
      );
    }
  }
  if (offsets[keys.length] !== values.length) {
    throw new RangeError(
      `columns: the last offset must be the number of values, ${values.length}, not ${offsets[keys.length]}`,
    );
  }
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) throw new RangeError(`columns: key '${key}' appears twice`);
    seen.add(key);
  }
}
