import { maxElements, maxKeys } from '../contract/axes.js';
import type { Columns } from '../contract/dictionary.js';
import type { DataSource } from '../contract/scenario.js';
import { DataError } from './data-error.js';
import { closest } from './did-you-mean.js';

/** What a file gave, before it is summed up: columns, and how many values were missing. */
export interface RawData {
  readonly columns: Columns;
  readonly missing: number;
}

/** Collects rows (key, value) in the order of the file and groups them by key. */
interface RowGroups {
  /** One row. A key or value that is `undefined` is missing: counted, left out; a key alone keeps its place. */
  add(key: string | undefined, value: number | undefined): void;
  finish(): RawData;
}

/**
 * Keys in order of first appearance, the values of a key in the order of their rows.
 * `add` throws a RangeError beyond `limit` keys.
 */
export function rowGroups(limit = maxKeys): RowGroups {
  const numbers = new Map<string, number>();
  const rows = growingRows();
  let missing = 0;
  // Rows of one group often follow each other: asking the Map once per run of equal keys saves half the time.
  let lastKey: string | undefined;
  let lastNumber = -1;

  function numberOf(key: string): number {
    if (key === lastKey) return lastNumber;
    let number = numbers.get(key);
    if (number === undefined) {
      number = numbers.size;
      if (number === limit)
        throw new RangeError(`more than ${limit} keys; a Map holds no more: group by a coarser column`);
      numbers.set(key, number);
    }
    lastKey = key;
    lastNumber = number;
    return number;
  }

  return {
    add(key, value) {
      const number = key === undefined ? -1 : numberOf(key);
      if (number < 0 || value === undefined) missing++;
      else rows.push(number, value);
    },
    finish() {
      return { columns: { keys: [...numbers.keys()], ...sorted(rows.view(), numbers.size) }, missing };
    },
  };
}

interface Rows {
  readonly groups: Uint32Array;
  readonly values: Float64Array;
}

/** Rows in two typed arrays that double when full: 12 bytes a row, where an object per row takes 50. */
function growingRows() {
  let groups = new Uint32Array(1024);
  let values = new Float64Array(1024);
  let count = 0;
  return {
    push(group: number, value: number): void {
      if (count === groups.length) {
        if (count * 2 > maxElements) throw new RangeError(`more than 2^31 rows: take a part of the file`);
        const biggerGroups = new Uint32Array(count * 2);
        biggerGroups.set(groups);
        groups = biggerGroups;
        const biggerValues = new Float64Array(count * 2);
        biggerValues.set(values);
        values = biggerValues;
      }
      groups[count] = group;
      values[count] = value;
      count++;
    },
    view: (): Rows => ({ groups: groups.subarray(0, count), values: values.subarray(0, count) }),
  };
}

/** A counting sort by group: stable, so rows keep their order. */
function sorted({ groups, values }: Rows, size: number): Pick<Columns, 'offsets' | 'values'> {
  const offsets = new Uint32Array(size + 1);
  for (let row = 0; row < groups.length; row++) offsets[groups[row] + 1]++;
  for (let group = 0; group < size; group++) offsets[group + 1] += offsets[group];
  const next = offsets.slice(0, size);
  const grouped = new Float64Array(values.length);
  for (let row = 0; row < groups.length; row++) grouped[next[groups[row]]++] = values[row];
  return { offsets, values: grouped };
}

/** The two columns of a table that become keys and numbers. */
interface NamedColumns {
  readonly groupBy: string;
  readonly value: string;
}

/** Checks that both columns were named and are in the table. Throws a DataError that lists those that are. */
export function namedColumns(source: DataSource, present: readonly string[]): NamedColumns {
  return { groupBy: named(source, 'groupBy', present), value: named(source, 'value', present) };
}

const roles = {
  groupBy: { option: '--group-by', means: 'the column whose text becomes the key' },
  value: { option: '--value', means: 'the column of numbers' },
} as const;

function named(source: DataSource, role: keyof typeof roles, present: readonly string[]): string {
  const name = source[role];
  const { option, means } = roles[role];
  if (name === undefined) {
    throw new DataError(
      source.file,
      `is a table: name ${means} with ${role} (${option}); its columns are ${list(present)}`,
    );
  }
  if (present.includes(name)) return name;
  const guess = closest(name, present);
  const didYouMean = guess === undefined ? '' : ` Did you mean '${guess}'?`;
  throw new DataError(
    source.file,
    `has no column '${name}' (${role}); its columns are ${list(present)}.${didYouMean}`,
  );
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => `'${name}'`);
  return names.length > 30 ? `${shown.join(', ')} and ${names.length - 30} more` : shown.join(', ');
}
