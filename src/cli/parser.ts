import yargs, { type Argv } from 'yargs';
import { InputError } from '../contract/errors.js';
import { benchBuilder, benchOptions } from './bench-arguments.js';
import type { BenchOptions } from './bench-options.js';

/** The parser as every command line goes through it, with errors thrown and no process ended. */
export function newParser(args: readonly string[]): Argv {
  return (
    yargs([...args])
      .scriptName('breakeven')
      // Options keep the one name that they were typed with, and values stay text: each is checked where it is known
      // what it means.
      .parserConfiguration({
        'camel-case-expansion': false,
        'boolean-negation': false,
        'dot-notation': false,
        'parse-numbers': false,
        'parse-positional-numbers': false,
      })
      .exitProcess(false)
      .fail(false)
  );
}

/** The options of a run that was started with this command line: what `--resume` goes on with. */
export async function optionsOf(command: readonly string[]): Promise<BenchOptions> {
  let options: BenchOptions | undefined;
  await newParser(command)
    .command(['bench', '$0'], 'measure', benchBuilder, (argv) => {
      options = benchOptions(argv, command);
    })
    .parseAsync();
  if (options === undefined)
    throw new InputError(
      `its command line, "${command.join(' ')}", is not one of bench: it cannot be resumed.`,
    );
  return options;
}
