import { parentPort, workerData } from 'node:worker_threads';
import { sealPort } from '../process/seal.js';
import { movable, type Reply, type Request, type WorkerSetup } from './messages.js';
import { serve } from './server.js';

/* Entry of a pool's thread; process-worker.ts is its twin. */
const port = parentPort;
if (port === null) throw new Error('thread-worker.js runs only as a worker thread');

const post = sealPort(port);
const setup = workerData as WorkerSetup;
const send = (reply: Reply) =>
  setup.transfer && reply.type === 'done' ? post(reply, movable(reply)) : post(reply);
const handle = await serve(setup, { send, cpuNs: () => 0, peakBytes: () => 0 });
port.on('message', (request: Request) => handle(request));
