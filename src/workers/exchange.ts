import { type Columns, type Dictionary, isLists } from '../contract/dictionary.js';
import { type Batch, mark, unmark } from './messages.js';
import { type PackedBuffers, packLists, Unpacker } from './packed.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A dictionary as messages see it: list lengths, and the lists of a range of keys as one batch. */
export interface DataSource {
  readonly lengths: Uint32Array;
  batch(range: Range): Batch;
}

/**
 * Typed arrays cannot cross a JSON channel: with `json` columns are sent as lists. With `buffers` lists are packed into
 * one of them, to be moved.
 */
export function sourceOf(input: Dictionary, json: boolean, buffers?: PackedBuffers): DataSource {
  return isLists(input)
    ? listsSource([...input.values()], json, buffers)
    : columnsSource(input, json, buffers);
}

function listsSource(lists: number[][], json: boolean, buffers?: PackedBuffers): DataSource {
  const lengths = new Uint32Array(lists.length);
  for (let i = 0; i < lists.length; i++) lengths[i] = lists[i].length;
  return {
    lengths,
    batch: ({ from, to }) => {
      if (buffers !== undefined) {
        const part = lengths.slice(from, to);
        const values = buffers.take(part.reduce((sum, length) => sum + length, 0));
        packLists(lists, from, to, values);
        return { form: 'columns', lengths: part, values };
      }
      const part = lists.slice(from, to);
      return json ? mark(part) : { form: 'lists', lists: part };
    },
  };
}

function columnsSource({ offsets, values }: Columns, json: boolean, buffers?: PackedBuffers): DataSource {
  const lengths = new Uint32Array(offsets.length - 1);
  for (let i = 0; i < lengths.length; i++) lengths[i] = offsets[i + 1] - offsets[i];
  return {
    lengths,
    batch: ({ from, to }) => {
      if (json) {
        const lists: number[][] = [];
        for (let i = from; i < to; i++) lists.push(Array.from(values.subarray(offsets[i], offsets[i + 1])));
        return mark(lists);
      }
      if (buffers !== undefined) {
        const packed = buffers.take(offsets[to] - offsets[from]);
        packed.set(values.subarray(offsets[from], offsets[to]));
        return { form: 'columns', lengths: lengths.slice(from, to), values: packed };
      }
      // A view would be cloned with the whole buffer behind it: copy the part that is meant.
      return {
        form: 'columns',
        lengths: lengths.slice(from, to),
        values: values.slice(offsets[from], offsets[to]),
      };
    },
  };
}

/** Takes the answers as they arrive, in any order, and makes the dictionary in the form of the input. */
export class AnswerSink {
  private readonly lists: number[][] | undefined;
  private readonly columns: Columns | undefined;
  private readonly unpacker = new Unpacker();

  constructor(
    private readonly input: Dictionary,
    private readonly reduces: boolean,
    private readonly buffers?: PackedBuffers,
  ) {
    if (isLists(input)) this.lists = new Array(input.size);
    else this.columns = emptyAnswers(input, reduces);
  }

  put({ from, to }: Range, batch: Batch | undefined): void {
    if (batch === undefined) throw new Error(`a worker answered keys ${from} to ${to} without lists`);
    if (batch.form === 'columns') {
      if (this.lists !== undefined) this.unpack(from, to, batch.lengths, batch.values);
      else this.columns?.values.set(batch.values, this.columns.offsets[from]);
      this.buffers?.giveBack(batch.values);
      return;
    }
    const lists = batch.form === 'marked' ? unmark(batch) : batch.lists;
    if (lists.length !== to - from)
      throw new Error(`a worker answered ${lists.length} lists for ${to - from} keys`);
    for (let i = 0; i < lists.length; i++) this.putList(from + i, lists[i]);
  }

  dictionary(): Dictionary {
    const { input, lists, columns } = this;
    if (columns !== undefined) return columns;
    const answers = new Map<string, number[]>();
    let i = 0;
    for (const key of (input as Map<string, number[]>).keys()) answers.set(key, (lists as number[][])[i++]);
    return answers;
  }

  private unpack(from: number, to: number, lengths: Uint32Array, values: Float64Array): void {
    if (lengths.length !== to - from)
      throw new Error(`a worker answered ${lengths.length} lists for ${to - from} keys`);
    const lists = this.lists as number[][];
    for (let k = from, at = 0; k < to; k++) {
      const length = this.reduces ? 1 : lengths[k - from];
      lists[k] = this.unpacker.list(values, at, length);
      at += length;
    }
  }

  private putList(index: number, list: number[]): void {
    if (this.lists !== undefined) this.lists[index] = list;
    else this.columns?.values.set(list, this.columns.offsets[index]);
  }
}

/** Fresh columns for the answers: as long as the input's for a map, one number per key for a reduce. */
function emptyAnswers({ keys, offsets, values }: Columns, reduces: boolean): Columns {
  if (!reduces)
    return { keys: keys.slice(), offsets: offsets.slice(), values: new Float64Array(values.length) };
  const one = Uint32Array.from({ length: keys.length + 1 }, (_, index) => index);
  return { keys: keys.slice(), offsets: one, values: new Float64Array(keys.length) };
}
