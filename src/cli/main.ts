#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { watchForTheEnd } from './last-words.js';

/* Entry of the program. */
const settle = watchForTheEnd();
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

runCommandLine(process.argv.slice(2)).then((code) => {
  settle(code);
  // Somebody's own plug-in may have left a timer or socket open: it must not keep the command.
  setTimeout(() => process.exit(), 1_000).unref();
});

/** `breakeven … | head`: a reader that has seen enough costs neither a stack nor the run. */
function ignoreClosedPipe(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'EPIPE') throw cause;
}
