#!/usr/bin/env node
import { type ExitCode, exitCodeOf, explain } from './exit.js';

/* Entry of the program. The parser is loaded for all but the bare `list`, which is to answer at once. */
const args = process.argv.slice(2);
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);

run()
  .catch((cause: unknown) => {
    process.stderr.write(`${explain(cause)}\n`);
    return exitCodeOf(cause);
  })
  .then((code) => {
    process.exitCode = code;
    // Somebody's own plug-in may have left a timer or socket open: it must not keep the command.
    setTimeout(() => process.exit(), 1_000).unref();
  });

async function run(): Promise<ExitCode> {
  if (args.length === 1 && args[0] === 'list') {
    const { list } = await import('./list.js');
    return list();
  }
  const { runCommand } = await import('./commands.js');
  return runCommand(args);
}

/** `breakeven … | head`: a reader that has seen enough costs neither a stack nor the run. */
function ignoreClosedPipe(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'EPIPE') throw cause;
}
