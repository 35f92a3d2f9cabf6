import { parentPort, workerData } from 'node:worker_threads';
import { bell, reply } from './atomics.cells.js';

/* Entry of the thread behind atomics: answers each ring, until it is terminated in its wait. */
const cells = workerData as Int32Array;
parentPort?.postMessage('ready');
for (let heard = 0; ; heard = (heard + 1) | 0) {
  Atomics.wait(cells, bell, heard);
  Atomics.store(cells, reply, (heard + 1) | 0);
  Atomics.notify(cells, reply);
}
