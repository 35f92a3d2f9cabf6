import { privateSend, sealChannel } from '../process/seal.js';
import type { Reply, Request, WorkerSetup } from './messages.js';
import { readPeakBytes } from './meters.js';
import { serve } from './server.js';

/* Entry of a pool's process; thread-worker.ts is its twin. */
const setup = JSON.parse(process.argv[2]) as WorkerSetup;

const send: (reply: Reply, sent?: () => void) => void = privateSend();
const cpuNs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1_000;
};
// Its parent is gone, however that happened: nobody will ever ask again.
const end = process.exit.bind(process);
process.on('disconnect', () => end());
sealChannel(() => end());
const handle = await serve(setup, { send, cpuNs, peakBytes: readPeakBytes });
process.on('message', (request: Request) => handle(request));
