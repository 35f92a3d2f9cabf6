import { escapeTerminal } from '../render/escape.js';
import { type ExitCode, exitCodeOf, explain } from './exit.js';
import { write } from './streams.js';

/**
 * One command line to its exit code; what went wrong is said on stderr. The parser is loaded for all but the bare
 * `list`, which is to answer at once.
 */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  try {
    if (args.length === 1 && args[0] === 'list') {
      const { list } = await import('./list.js');
      return await list();
    }
    const { runCommand } = await import('./commands.js');
    return await runCommand(args);
  } catch (cause) {
    write('err', `${escapeTerminal(explain(cause))}\n`);
    return exitCodeOf(cause);
  }
}
