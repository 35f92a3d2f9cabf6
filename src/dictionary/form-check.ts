import { type Dictionary, isLists } from '../contract/dictionary.js';

/** Why `actual` does not have the form of `expected`, as a sentence; undefined where it has. */
export function differentForm(expected: Dictionary, actual: unknown): string | undefined {
  const wanted = isLists(expected) ? 'lists (a Map)' : 'columns (keys, offsets and values)';
  if (actual instanceof Map) {
    return isLists(expected) ? undefined : `wrong form: expected ${wanted}, got lists (a Map)`;
  }
  if (looksLikeColumns(actual)) {
    return isLists(expected) ? `wrong form: expected ${wanted}, got columns` : wrongColumns(actual);
  }
  return `not a dictionary: expected ${wanted}, got ${notDictionary(actual)}`;
}

interface ColumnsLike {
  readonly keys: unknown;
  readonly offsets: unknown;
  readonly values: unknown;
}

function looksLikeColumns(value: unknown): value is ColumnsLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keys' in value &&
    'offsets' in value &&
    'values' in value &&
    typeof value.keys !== 'function'
  );
}

function wrongColumns({ keys, offsets, values }: ColumnsLike): string | undefined {
  if (!Array.isArray(keys)) return `columns: expected an array of keys, got ${nameOf(keys)}`;
  if (!(offsets instanceof Uint32Array))
    return `columns: expected a Uint32Array of offsets, got ${nameOf(offsets)}`;
  if (!(values instanceof Float64Array))
    return `columns: expected a Float64Array of values, got ${nameOf(values)}`;
  return undefined;
}

function notDictionary(value: unknown): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' ? 'a function' : String(value);
  if ('then' in value && typeof value.then === 'function') return 'a Promise: was an await forgotten?';
  const name = nameOf(value);
  return name === 'Object' ? `a plain object with keys ${Object.keys(value).slice(0, 3).join(', ')}` : name;
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return value.constructor?.name ?? 'an object without a class';
}
