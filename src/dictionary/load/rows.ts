import { maxElements, maxKeys } from '../../contract/axes.js';
import type { Columns } from '../../contract/dictionary.js';
import type { DataSource } from '../../contract/scenario.js';
import { closest } from '../did-you-mean.js';
import { DataError, shown, visible } from './data-error.js';

/** Numbers in blocks: nothing is copied while more come. */
const blockLength = 2 ** 20;

/** A long list of numbers that grows by blocks; beside the finished one it takes its own size once. */
export class NumberBlocks<T extends Float64Array | Uint32Array> {
  length = 0;
  private filled = 0;
  private readonly blocks: T[] = [];
  private last: T;

  constructor(private readonly make: (length: number) => T) {
    this.last = make(1_024);
  }

  push(value: number): void {
    const at = this.length - this.filled;
    if (at < this.last.length) this.last[at] = value;
    else {
      this.blocks.push(this.last);
      this.filled += this.last.length;
      this.last = this.make(Math.min(blockLength, this.last.length * 2));
      this.last[0] = value;
    }
    this.length++;
  }

  /** All of them in turn, block by block; a block that was handed over is let go of. */
  *take(): Generator<T> {
    const rest = this.length - this.filled;
    while (this.blocks.length > 0) yield this.blocks.shift() as T;
    yield this.last.subarray(0, rest) as T;
  }
}

/** What a file gave, before it is summed up. */
export interface RawData {
  readonly columns: Columns;
  /** Rows or list items without a key or value. */
  readonly missing: number;
}

/** The dictionary that files are read into: by rows of a key and a number, or list by list. */
export interface Collector {
  /** One row. A key or value that is `undefined` is missing: counted, left out; a key alone keeps its place. Throws a RangeError beyond the most keys. */
  addRow(key: string | undefined, value: number | undefined): void;
  /** Keeps the place of a key whose rows may be none. */
  addKey(key: string | undefined): void;
  /** From here on numbers belong to this list. Throws a RangeError where the key was there before, or is one too many. */
  beginList(key: string): void;
  /** The next number of the list that was begun; `undefined` is missing. */
  addNumber(value: number | undefined): void;
  readonly keyCount: number;
  finish(): RawData;
}

/** Keys in order of first appearance, the values of a key in the order of the file. */
export function collect(limit = maxKeys): Collector {
  const numbers = new Map<string, number>();
  const groups = new NumberBlocks((length) => new Uint32Array(length));
  const values = new NumberBlocks((length) => new Float64Array(length));
  let missing = 0;
  let isByRows = false;
  // Rows of one group often follow each other: asking the Map once per run of equal keys saves half the time.
  let lastKey: string | undefined;
  let lastNumber = -1;
  /** Of lists alone: they follow one another, and need no group per number. */
  const ends: number[] = [];

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

  function addValue(value: number): void {
    if (values.length === maxElements)
      throw new RangeError('more than 2^32 − 1 numbers: take a part of the file');
    values.push(value);
  }

  return {
    addRow(key, value) {
      isByRows = true;
      const number = key === undefined ? -1 : numberOf(key);
      if (number < 0 || value === undefined) missing++;
      else {
        groups.push(number);
        addValue(value);
      }
    },
    addKey(key) {
      isByRows = true;
      if (key !== undefined) numberOf(key);
    },
    beginList(key) {
      if (numbers.has(key))
        throw new RangeError(`key ${shown(key)} appears twice: join its lists, or rename one`);
      numberOf(key);
      if (numbers.size > 1) ends.push(values.length);
    },
    addNumber(value) {
      if (value === undefined) missing++;
      else addValue(value);
    },
    get keyCount() {
      return numbers.size;
    },
    finish() {
      const keys = [...numbers.keys()];
      if (isByRows) return { columns: { keys, ...sorted(groups, values, keys.length) }, missing };
      const offsets = new Uint32Array(keys.length + 1);
      offsets.set(ends, 1);
      offsets[keys.length] = values.length;
      return { columns: { keys, offsets, values: joined(values) }, missing };
    },
  };
}

function joined(blocks: NumberBlocks<Float64Array>): Float64Array {
  const all = new Float64Array(blocks.length);
  let at = 0;
  for (const block of blocks.take()) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** A counting sort by group: stable, so rows keep their order. */
function sorted(
  groups: NumberBlocks<Uint32Array>,
  values: NumberBlocks<Float64Array>,
  size: number,
): Pick<Columns, 'offsets' | 'values'> {
  const offsets = new Uint32Array(size + 1);
  const kept = [...groups.take()];
  for (const block of kept) for (const group of block) offsets[group + 1]++;
  for (let group = 0; group < size; group++) offsets[group + 1] += offsets[group];
  const next = offsets.slice(0, size);
  const grouped = new Float64Array(values.length);
  const grow = kept.values();
  for (const block of values.take()) {
    const own = grow.next().value as Uint32Array;
    for (let row = 0; row < block.length; row++) grouped[next[own[row]]++] = block[row];
  }
  return { offsets, values: grouped };
}

/** Which columns of a table become keys and numbers, by their places. */
export interface ChosenColumns {
  /** Absent: each column of numbers is a list of its own. */
  readonly key?: number;
  readonly values: readonly { readonly at: number; readonly name: string }[];
}

const roles = {
  groupBy: { option: '--group-by', means: 'the column whose text becomes the key' },
  value: { option: '--value', means: 'the column of numbers' },
  columns: { option: '--columns', means: 'the columns that become lists' },
} as const;

/**
 * The columns that were named, in a table that has these. With `groupBy` and `value` rows are grouped; with `columns` each
 * is a list, per key where `groupBy` is named, too; `value` alone is one list. Throws a DataError that lists those there are.
 */
export function chooseColumns(source: DataSource, present: readonly string[]): ChosenColumns {
  const { groupBy, value, columns } = source;
  const ask = (role: 'groupBy' | 'value') =>
    new DataError(
      source.file,
      `is a table: name ${roles[role].means} with ${role} (${roles[role].option}); its columns are ${listed(present)}`,
    );
  if (columns !== undefined) {
    const names = columns === '*' ? present.map((_, at) => `#${at + 1}`) : columns.split(',');
    const values = names
      .map((name) => placeOf(source, 'columns', name, present))
      .map((at) => ({ at, name: present[at] === '' ? `#${at + 1}` : present[at] }));
    if (groupBy === undefined) return { values };
    const key = placeOf(source, 'groupBy', groupBy, present);
    return { key, values: values.filter(({ at }) => at !== key) };
  }
  if (value === undefined) throw ask(groupBy === undefined ? 'groupBy' : 'value');
  const key = groupBy === undefined ? {} : { key: placeOf(source, 'groupBy', groupBy, present) };
  const at = placeOf(source, 'value', value, present);
  return { ...key, values: [{ at, name: present[at] || value }] };
}

/** By name, or by its place as #1, #2, … where a name is empty or stands twice. */
function placeOf(
  source: DataSource,
  role: keyof typeof roles,
  name: string,
  present: readonly string[],
): number {
  const place = /^#(\d+)$/.exec(name);
  if (place !== null && !present.includes(name)) {
    const at = Number(place[1]) - 1;
    if (at >= 0 && at < present.length) return at;
    throw new DataError(source.file, `has ${present.length} columns, and no ${name} (${role})`);
  }
  const exact = placesOf(present, (each) => each === name);
  const places = exact.length > 0 ? exact : placesOf(present, (each) => spaced(each) === spaced(name));
  if (places.length === 1) return places[0];
  if (places.length > 1)
    throw new DataError(
      source.file,
      `has ${places.length} columns '${visible(name)}' (${role}): say which by its place, ${roles[role].option} '${places.map((at) => `#${at + 1}`).join("' or '")}'`,
    );
  const guess = closest(name, present);
  const didYouMean = guess === undefined ? '' : ` Did you mean '${visible(guess)}'?`;
  throw new DataError(
    source.file,
    `has no column '${visible(name)}' (${role}); its columns are ${listed(present)}.${didYouMean}`,
  );
}

function placesOf(present: readonly string[], is: (name: string) => boolean): number[] {
  return present.flatMap((name, at) => (is(name) ? [at] : []));
}

/** Names that differ in nothing but blanks around them, or in which blank it is, look the same. */
function spaced(name: string): string {
  return name.replace(/\s+/gu, ' ').trim();
}

function listed(names: readonly string[]): string {
  const quoted = names
    .slice(0, 30)
    .map((name, at) => (name === '' ? `#${at + 1} (without a name)` : `'${visible(name)}'`));
  return names.length > 30 ? `${quoted.join(', ')} and ${names.length - 30} more` : quoted.join(', ');
}
