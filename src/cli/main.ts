#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { ExitCode, worstOf } from './exit.js';
import { watchForTheEnd } from './last-words.js';
import { describeLostResult, guardStreams, write } from './streams.js';

/* Entry of the program. */
guardStreams();
const settle = watchForTheEnd();

runCommandLine(process.argv.slice(2)).then((code) => {
  settle(code);
  // It has its code and has said why: one that comes now is no reason to end otherwise.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.prependListener(signal, () => process.exit());
  // What a pipe or file says about a write is known in a later turn.
  setImmediate(() => {
    const lost = describeLostResult();
    if (lost === undefined) return;
    write('err', `breakeven: ${lost}\n`);
    settle(worstOf([code, ExitCode.notCarriedOut]));
  });
  // A handle of our own that was forgotten must not keep the command.
  setTimeout(() => process.exit(), 1_000).unref();
});
