#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { watchForTheEnd } from './last-words.js';

/* Entry of the program. */
const settle = watchForTheEnd();
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreLostOutput);

runCommandLine(process.argv.slice(2)).then((code) => {
  settle(code);
  // Somebody's own plug-in may have left a timer or socket open: it must not keep the command.
  setTimeout(() => process.exit(), 1_000).unref();
});

/**
 * A reader that has seen enough (`breakeven … | head`), a terminal that was closed, a log on a full disk: what cannot
 * be said costs neither a stack nor the run.
 */
function ignoreLostOutput(): void {}
