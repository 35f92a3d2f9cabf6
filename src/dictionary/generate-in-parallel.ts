import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Columns } from '../contract/dictionary.js';
import type { FillRequest } from './fill-thread.js';
import { columnsWithout, generate } from './generate.js';
import { blockSize } from './number-stream.js';
import type { DictionarySpec } from './spec.js';

/** Numbers in a message: moved to a thread, filled there and moved back. A block is a whole number of them. */
const pieceSize = 2 ** 20;

/** Pieces that a thread has in hand: it fills one while another is copied to its place. */
const inHand = 2;

/**
 * The same columns as `generate`, to the byte, with blocks of numbers filled by `threads` of them. The caller copies
 * what comes into ordinary memory: in a SharedArrayBuffer, which the threads could fill without a copy, the data would
 * be another thing to measure (V8 copies shared memory word by word, and sends it to workers without a copy).
 * Rejects with what `generate` throws, or with the cause where a thread dies.
 */
export async function generateInParallel(spec: DictionarySpec, threads: number): Promise<Columns> {
  const blocks = Math.ceil((spec.keys * spec.length) / blockSize);
  if (threads < 2 || blocks < 2) return generate(spec, 'columns');
  const columns = columnsWithout(spec);
  const { values, seed } = spec;
  const fillers = Array.from({ length: Math.min(threads, blocks) }, () => new Filler({ values, seed }));
  let next = 0;
  const fillBlocks = async (filler: Filler) => {
    for (let block = next++; block < blocks; block = next++) await fillBlock(filler, block, columns.values);
  };
  try {
    await Promise.all(fillers.map(fillBlocks));
  } finally {
    await Promise.all(fillers.map((filler) => filler.end()));
  }
  return columns;
}

async function fillBlock(filler: Filler, block: number, values: Float64Array): Promise<void> {
  const end = Math.min((block + 1) * blockSize, values.length);
  const flying: { readonly at: number; readonly filled: Promise<Float64Array<ArrayBuffer>> }[] = [];
  const spare: ArrayBuffer[] = [];
  const land = async () => {
    const piece = flying.shift();
    if (piece === undefined) return;
    const filled = await piece.filled;
    values.set(filled, piece.at);
    spare.push(filled.buffer);
  };
  for (let at = block * blockSize; at < end; at += pieceSize) {
    if (flying.length === inHand) await land();
    const length = Math.min(pieceSize, end - at);
    const piece = new Float64Array(spare.pop() ?? new ArrayBuffer(8 * pieceSize), 0, length);
    flying.push({ at, filled: filler.fill({ piece, ...(at === block * blockSize ? { block } : {}) }) });
  }
  while (flying.length > 0) await land();
}

/** A thread that answers in the order in which it is asked. */
class Filler {
  private readonly worker: Worker;
  private readonly waiting: {
    resolve(piece: Float64Array<ArrayBuffer>): void;
    reject(cause: unknown): void;
  }[] = [];

  constructor(spec: Pick<DictionarySpec, 'values' | 'seed'>) {
    this.worker = new Worker(new URL('./fill-thread.js', import.meta.url), { workerData: spec });
    this.worker.on('message', (piece: Float64Array<ArrayBuffer>) => this.waiting.shift()?.resolve(piece));
    const fail = (cause: unknown) => {
      for (const { reject } of this.waiting.splice(0)) reject(cause);
    };
    this.worker.on('error', fail);
    this.worker.on('exit', (code) =>
      fail(new Error(`a thread that generates data ended with exit code ${code}`)),
    );
  }

  fill(request: FillRequest): Promise<Float64Array<ArrayBuffer>> {
    const filled = new Promise<Float64Array<ArrayBuffer>>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.worker.postMessage(request, [request.piece.buffer]);
    });
    // Of several that reject together, one is awaited.
    filled.catch(() => {});
    return filled;
  }

  async end(): Promise<void> {
    if (this.worker.threadId < 0) return;
    const ended = once(this.worker, 'exit');
    await this.worker.terminate();
    await ended;
  }
}
