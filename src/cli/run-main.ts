import { runCommandLine } from './command-line.js';
import { ExitCode, worstOf } from './exit.js';
import { endSoWhenAtRest } from './interruption.js';
import { watchForTheEnd } from './last-words.js';
import { describeLostResult, guardStreams, write } from './streams.js';

/** The program, once it is loaded. `endAtOnce`: what listens for Ctrl-C until a command does so itself. */
export async function runMain(endAtOnce: () => void): Promise<void> {
  endSoWhenAtRest(endAtOnce);
  guardStreams();
  const settle = watchForTheEnd();
  const code = await runCommandLine(process.argv.slice(2));
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
}
