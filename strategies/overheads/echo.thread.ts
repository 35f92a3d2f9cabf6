import { parentPort } from 'node:worker_threads';
import { type Asked, keeper, type Said } from './echo.keeper.js';

/* Entry of the thread behind post-message; echo.process.ts is its twin. */
const port = parentPort;
if (port === null) throw new Error('echo.thread.js runs only as a worker thread');

const answer = keeper();
port.on('message', ({ moved, ...asked }: Asked & { readonly moved?: boolean }) => {
  const said = answer(asked as Asked);
  port.postMessage(said, moved && 'values' in said && said.values ? [said.values.buffer] : []);
});
port.postMessage({ ready: true } satisfies Said);
