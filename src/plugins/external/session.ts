import { closeSync, fstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Columns, type Dictionary, type Form, formOf, isLists } from '../../contract/dictionary.js';
import type { Kernel } from '../../contract/kernel.js';
import type { ClockRecord, HomeSession, HomeTime, ProgramMemory } from '../../contract/program.js';
import { toColumns, toLists } from '../../dictionary/columns.js';
import { readAll, writeAll } from '../../dictionary/columns-file.js';
import { groupMemory } from '../../process/group.js';
import type { Talk } from '../../process/talk.js';
import { type Exchange, ProgramError, type Reply } from './exchange.js';
import { makeScratch, readFreeBytes, type Scratch, sizeOf } from './scratch.js';

/** What `hello` says of a program that can start. */
interface Abilities {
  readonly runs: boolean;
  readonly stages: boolean;
}

/** What was loaded last: what answers are measured by. */
interface Loaded {
  readonly keys: readonly string[];
  readonly form: Form;
  readonly numbers: number;
}

/** Up to here squares of integers are exact in doubles: a language with integers of its own answers the same. */
const largestInt = 94_906_265;

/** A session with a program that has said hello. */
export class ProgramSession implements HomeSession {
  readonly runs: boolean;
  readonly stages: boolean;
  private readonly scratch: Scratch = makeScratch();
  private loaded: Loaded = { keys: [], form: 'columns', numbers: 0 };
  private ended = false;

  constructor(
    private readonly label: string,
    private readonly talk: Talk,
    private readonly exchange: Exchange,
    private readonly kind: Kernel['kind'],
    abilities: Abilities,
  ) {
    this.runs = abilities.runs;
    this.stages = abilities.stages;
  }

  async load(input: Dictionary): Promise<void> {
    await this.loadIn(formOf(input), input);
  }

  /** Data for a program that would rather have another form than the user's. */
  async loadIn(form: Form, input: Dictionary): Promise<void> {
    const columns = isLists(input) ? toColumns(input) : input;
    const file = this.scratch.file('data', bytesOf(columns.keys.length, columns.values.length));
    const size = writeNumbers(file, columns);
    this.loaded = { keys: columns.keys, form: formOf(input), numbers: size.numbers };
    await this.exchange.timed({ do: 'load', file, ...size, form, ...valuesFor(form, columns) });
  }

  async fresh(first: number): Promise<void> {
    await this.exchange.ask({ do: 'fresh', first });
  }

  open(): Promise<HomeTime> {
    return this.exchange.timed({ do: 'open' });
  }

  run(passes: number, answer: number): Promise<HomeTime> {
    return this.exchange.timed({ do: 'run', passes, answer });
  }

  place(): Promise<HomeTime> {
    return this.exchange.timed({ do: 'place' });
  }

  compute(passes: number): Promise<HomeTime> {
    return this.exchange.timed({ do: 'compute', passes });
  }

  collect(answer: number): Promise<HomeTime> {
    return this.exchange.timed({ do: 'collect', answer });
  }

  release(): Promise<HomeTime> {
    return this.exchange.timed({ do: 'release' });
  }

  async close(): Promise<HomeTime> {
    return this.exchange.failed ? { ns: 0, cpuNs: 0 } : this.exchange.timed({ do: 'close' });
  }

  async poison(): Promise<void> {
    await this.exchange.ask({ do: 'poison' });
  }

  async fetch(answer: number): Promise<Dictionary> {
    const { keys, form } = this.loaded;
    const size = this.expectedSize();
    const bytes = bytesOf(size.lists, size.numbers);
    const message = { do: 'write', answer, file: this.scratch.file('answer', bytes) };
    const reply = await this.exchange.ask(message);
    try {
      const columns = { keys, ...readNumbers(message.file, this.sizeOf(reply)) };
      return form === 'lists' ? toLists(columns) : columns;
    } catch (cause) {
      // Programs that do not look whether they could write say nothing of a full disk.
      const missing = bytes - sizeOf(message.file);
      const isFull = missing > 0 && readFreeBytes(dirname(message.file)) < missing;
      const why = isFull ? `ENOSPC: no room in ${dirname(message.file)}, and ` : '';
      throw this.exchange.failure(message, `${why}${(cause as Error).message}`, cause);
    }
  }

  async drop(answer: number): Promise<void> {
    await this.exchange.ask({ do: 'drop', answer });
  }

  memory(): ProgramMemory {
    return groupMemory(this.talk.group);
  }

  clocks(): ClockRecord {
    return this.exchange.clocks();
  }

  async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const { killed, leftBehind } = await this.talk.end();
    this.scratch.remove();
    if (this.exchange.failed) return;
    if (killed) throw new ProgramError(`${this.label} did not end when its stdin was closed, and was killed`);
    if (leftBehind > 0)
      throw new ProgramError(
        `${this.label} left ${leftBehind} ${leftBehind === 1 ? 'process' : 'processes'} behind, which had to be ended: close must end everything that open started`,
      );
  }

  private expectedSize(): NumbersSize {
    const { keys, numbers } = this.loaded;
    return { lists: keys.length, numbers: this.kind === 'reduce' ? keys.length : numbers };
  }

  /** An answer of another size is refused before a byte of it is read. */
  private sizeOf({ lists, numbers }: Reply): NumbersSize {
    const expected = this.expectedSize();
    if (lists === expected.lists && numbers === expected.numbers) return expected;
    throw new Error(
      `its answer has ${lists} lists with ${numbers} numbers; it must have ${expected.lists} with ${expected.numbers}`,
    );
  }
}

function bytesOf(lists: number, numbers: number): number {
  return (lists + numbers) * Float64Array.BYTES_PER_ELEMENT;
}

/** 'ints' where a language with integers of its own would hold lists of them. Packed numbers are doubles. */
function valuesFor(form: Form, { values }: Columns): { readonly values?: 'ints' | 'doubles' } {
  if (form === 'columns') return {};
  const isInt = (x: number) => Number.isInteger(x) && Math.abs(x) <= largestInt && !Object.is(x, -0);
  return { values: values.every(isInt) ? 'ints' : 'doubles' };
}

/*
 * How bulk numbers cross the border: a file of nothing but little-endian doubles. First the length of each list, then
 * all numbers, one list after another. How many of each is said in the message beside it.
 */
interface NumbersSize {
  readonly lists: number;
  readonly numbers: number;
}

const doubleBytes = Float64Array.BYTES_PER_ELEMENT;

function writeNumbers(path: string, { offsets, values }: Omit<Columns, 'keys'>): NumbersSize {
  const lists = offsets.length - 1;
  const lengths = new Float64Array(lists);
  for (let list = 0; list < lists; list++) lengths[list] = offsets[list + 1] - offsets[list];
  const file = openSync(path, 'w');
  try {
    writeAll(file, lengths);
    writeAll(file, values);
  } finally {
    closeSync(file);
  }
  return { lists, numbers: values.length };
}

/** Reads what a program wrote. Throws an Error where the file holds more or less than it said, before reading it. */
function readNumbers(path: string, { lists, numbers }: NumbersSize): Omit<Columns, 'keys'> {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const expected = (lists + numbers) * doubleBytes;
    if (size !== expected)
      throw new Error(
        `its file has ${size} bytes; ${lists} lengths and ${numbers} numbers are ${expected} bytes (8 each)`,
      );
    const lengths = readAll(file, new Float64Array(lists), 0);
    const offsets = offsetsOf(lengths, numbers);
    return { offsets, values: readAll(file, new Float64Array(numbers), lists * doubleBytes) };
  } finally {
    closeSync(file);
  }
}

function offsetsOf(lengths: Float64Array, numbers: number): Uint32Array {
  const offsets = new Uint32Array(lengths.length + 1);
  let end = 0;
  lengths.forEach((length, list) => {
    if (!(Number.isInteger(length) && length >= 0))
      throw new Error(`its file says that list ${list} has ${length} numbers`);
    end += length;
    offsets[list + 1] = end;
  });
  if (end !== numbers)
    throw new Error(`the lengths in its file add up to ${end}, and it said ${numbers} numbers`);
  return offsets;
}
