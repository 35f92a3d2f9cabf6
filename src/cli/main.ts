#!/usr/bin/env node
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { InputError } from '../catalog/problem.js';
import { suggest } from '../catalog/suggest.js';
import { benchBuilder, benchOptions } from './bench-arguments.js';
import { ExitCode, exitCodeOf, explain } from './exit.js';
import { toolVersion } from './version.js';

const commands = ['bench', 'report', 'list', 'check'];

/* The command line: which command, with which options. Each command is imported when it is asked for. */
async function main(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = ExitCode.fine;
  const parser = yargs([...args])
    .scriptName('breakeven')
    .usage(
      '$0 [command]\n\nWhen does going parallel, or vectorised, pay: for this work, on this data, on this machine?',
    )
    .command(
      ['bench', '$0'],
      'measure a scenario, check every answer, write charts and a verdict',
      benchBuilder,
      async (argv) => {
        refuseUnknownCommand(argv._);
        const { bench } = await import('./bench.js');
        code = await bench(benchOptions(argv, args));
      },
    )
    .command(
      'report [run]',
      'rebuild charts and verdict from a results file or run folder (without one: the newest run)',
      (command) =>
        command
          .positional('run', { type: 'string' })
          .option('out', { type: 'string', default: 'reports', nargs: 1, describe: 'folder of the runs' }),
      async (argv) => {
        const { reportCommand } = await import('./report-command.js');
        code = await reportCommand(argv.run, argv.out);
      },
    )
    .command(
      'list',
      'scenarios, strategies and kernels that there are',
      (command) => command,
      async () => {
        const { list } = await import('./list.js');
        code = await list();
      },
    )
    .command(
      'check <file>',
      'contract test of a strategy, kernel or scenario of your own',
      (command) => command.positional('file', { type: 'string', demandOption: true }),
      async (argv) => {
        const { check } = await import('./check.js');
        code = await check(argv.file);
      },
    )
    .version(toolVersion())
    .help()
    .wrap(Math.min(110, process.stdout.columns ?? 110))
    .exitProcess(false)
    .fail(false);
  await parser.parseAsync();
  return code;
}

/** The default command takes no words: one that stands there was meant as a command. */
function refuseUnknownCommand(words: readonly (string | number)[]): void {
  const [word] = words[0] === 'bench' ? words.slice(1) : words;
  if (word !== undefined)
    throw new InputError(`there is no command "${word}".${suggest(String(word), commands)}`);
}

main(hideBin(process.argv))
  .catch((cause: unknown) => {
    process.stderr.write(`${explain(cause)}\n`);
    return exitCodeOf(cause);
  })
  .then((code) => {
    process.exitCode = code;
  });
