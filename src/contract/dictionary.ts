/** String keys, each with a list of numbers: what people hold. At most 2^24 keys (V8's limit for a Map). */
export type Lists = Map<string, number[]>;

/**
 * The Arrow list layout: list `i` is `values[offsets[i]] … values[offsets[i + 1] - 1]`.
 * `offsets` has one entry more than `keys`; its first is 0 and its last is `values.length`.
 */
export interface Columns {
  readonly keys: readonly string[];
  readonly offsets: Uint32Array;
  readonly values: Float64Array;
}

export type Dictionary = Lists | Columns;

export type Form = 'lists' | 'columns';

export function isLists(dictionary: Dictionary): dictionary is Lists {
  return dictionary instanceof Map;
}

export function formOf(dictionary: Dictionary): Form {
  return isLists(dictionary) ? 'lists' : 'columns';
}
