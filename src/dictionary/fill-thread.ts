import { parentPort, workerData } from 'node:worker_threads';
import { NumberStream } from './number-stream.js';
import type { DictionarySpec } from './spec.js';

/** The next part of a block: the first one of a block names it. */
export interface FillRequest {
  readonly block?: number;
  readonly piece: Float64Array<ArrayBuffer>;
}

/* Entry of a thread that fills blocks of numbers; generate-in-parallel.ts is the caller's side. */
const port = parentPort;
if (port === null) throw new Error('fill-thread.js runs only as a worker thread');

const spec = workerData as Pick<DictionarySpec, 'values' | 'seed'>;
let stream = new NumberStream(spec);
port.on('message', ({ block, piece }: FillRequest) => {
  if (block !== undefined) stream = new NumberStream(spec, block);
  stream.fill(piece, 0, piece.length);
  port.postMessage(piece, [piece.buffer]);
});
