import { parentPort, workerData } from 'node:worker_threads';
import type { Reply, Request, WorkerSetup } from './messages.js';
import { serve } from './server.js';

/* Entry of a pool's thread; process-worker.ts is its twin. */
const port = parentPort;
if (port === null) throw new Error('thread-worker.js runs only as a worker thread');

const send = (reply: Reply) => port.postMessage(reply);
const handle = await serve(workerData as WorkerSetup, { send, cpuNs: () => 0, peakBytes: () => 0 });
port.on('message', (request: Request) => handle(request));
