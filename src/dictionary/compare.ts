import { type Columns, type Dictionary, isLists, type Lists } from '../contract/dictionary.js';
import type { Agreement } from '../contract/kernel.js';

export { checksum } from './checksum.js';

/** How far two numbers may be apart; 0 stands for 'exact'. */
type Ulps = number;

/**
 * Where `actual` first differs from `expected`: a sentence with key, index, expected and got; undefined where they are
 * equal. Form, order of keys and lengths belong to the answer. Numbers agree by `Object.is` (NaNs equal, 0 is not −0),
 * or by `agree.ulps` units in the last place.
 */
export function difference(expected: Dictionary, actual: unknown, agree: Agreement): string | undefined {
  const ulps = agree === 'exact' ? 0 : agree.ulps;
  const wrongForm = differentForm(expected, actual);
  if (wrongForm !== undefined) return wrongForm;
  return isLists(expected)
    ? differenceOfLists(expected, actual as Map<unknown, unknown>, ulps)
    : differenceOfColumns(expected, actual as Columns, ulps);
}

function differenceOfLists(expected: Lists, actual: Map<unknown, unknown>, ulps: Ulps): string | undefined {
  const wrongKeys = differenceOfKeys([...expected.keys()], [...actual.keys()]);
  if (wrongKeys !== undefined) return wrongKeys;
  for (const [key, wanted] of expected) {
    const got = actual.get(key);
    if (!Array.isArray(got)) return `key '${key}': expected an array of numbers, got ${describe(got)}`;
    const found = differenceOfNumbers(key, wanted, got, ulps);
    if (found !== undefined) return found;
  }
  return undefined;
}

function differenceOfColumns(expected: Columns, actual: Columns, ulps: Ulps): string | undefined {
  const wrongKeys = differenceOfKeys(expected.keys, actual.keys);
  if (wrongKeys !== undefined) return wrongKeys;
  const offsets = actual.offsets;
  if (
    offsets.length !== expected.offsets.length ||
    offsets[0] !== 0 ||
    offsets.at(-1) !== actual.values.length
  ) {
    return (
      `offsets: expected ${expected.offsets.length} entries from 0 to the number of values, ` +
      `got ${offsets.length} entries from ${offsets[0]} to ${offsets.at(-1)} for ${actual.values.length} values`
    );
  }
  for (let index = 0; index < expected.keys.length; index++) {
    const found = differenceOfNumbers(
      expected.keys[index],
      expected.values.subarray(expected.offsets[index], expected.offsets[index + 1]),
      actual.values.subarray(offsets[index], offsets[index + 1]),
      ulps,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function differenceOfKeys(expected: readonly string[], actual: readonly unknown[]): string | undefined {
  const shared = Math.min(expected.length, actual.length);
  let place = 0;
  while (place < shared && expected[place] === actual[place]) place++;
  if (place === expected.length && place === actual.length) return undefined;

  const counts = `expected ${expected.length} keys, got ${actual.length}`;
  const got = new Set(actual);
  const missing = expected.find((key) => !got.has(key));
  if (missing !== undefined) return `missing key '${missing}': ${counts}`;
  const wanted = new Set<unknown>(expected);
  const extra = actual.find((key) => !wanted.has(key));
  if (extra !== undefined) return `extra key ${describe(extra)}: ${counts}`;
  if (expected.length !== actual.length) return `key ${describe(actual[place])} appears twice: ${counts}`;
  return `wrong order of keys: place ${place} is '${expected[place]}', got ${describe(actual[place])}`;
}

function differenceOfNumbers(
  key: string,
  expected: ArrayLike<number>,
  actual: ArrayLike<unknown>,
  ulps: Ulps,
): string | undefined {
  if (actual.length !== expected.length) {
    return `key '${key}': expected a list of ${expected.length}, got one of ${actual.length}`;
  }
  for (let index = 0; index < expected.length; index++) {
    const wanted = expected[index];
    const got = actual[index];
    if (same(wanted, got)) continue;
    if (ulps > 0 && typeof got === 'number' && ulpsApart(wanted, got) <= ulps) continue;
    const where = `key '${key}', index ${index}: expected ${show(wanted)}, got `;
    if (got === undefined && !(index in actual)) return `${where}a hole`;
    if (typeof got !== 'number') return where + describe(got);
    return (
      where + show(got) + (ulps > 0 ? `, ${ulpsApart(wanted, got)} ulps apart (at most ${ulps} allowed)` : '')
    );
  }
  return undefined;
}

/** Object.is, spelt out: as a call it costs twice as much where V8 does not know that both are numbers. */
function same(wanted: number, got: unknown): boolean {
  if (wanted === got) return wanted !== 0 || 1 / wanted === 1 / (got as number);
  return Number.isNaN(wanted) && Number.isNaN(got);
}

function show(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object' && value !== null)
    return `${value.constructor?.name ?? 'an object without a class'}`;
  if (typeof value === 'function') return 'a function';
  return String(value);
}

/** Why `actual` does not have the form of `expected`, as a sentence; undefined where it has. */
function differentForm(expected: Dictionary, actual: unknown): string | undefined {
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

const double = new Float64Array(2);
const bits = new BigInt64Array(double.buffer);

/**
 * Units in the last place between two doubles: how many doubles lie from one to the other. NaN to NaN is 0, NaN to a
 * number is Infinity, −0 to 0 is 0. (Bruce Dawson, "Comparing Floating Point Numbers": bit patterns of doubles of one
 * sign are in the order of their values.)
 */
export function ulpsApart(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b))
    return Number.isNaN(a) && Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  double[0] = a;
  double[1] = b;
  const apart = onOneLine(bits[0]) - onOneLine(bits[1]);
  return Number(apart < 0n ? -apart : apart);
}

/** Sign and magnitude to two's complement: −0 falls on 0, negative numbers go down from there. */
function onOneLine(pattern: bigint): bigint {
  return pattern < 0n ? -(pattern & 0x7fffffffffffffffn) : pattern;
}
