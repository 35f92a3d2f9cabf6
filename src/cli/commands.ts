import type { Argv } from 'yargs';
import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';
import { adviseBuilder, adviseRequest } from './advise/arguments.js';
import { refuseUnknown } from './argument-values.js';
import { benchBuilder, benchOptions, runToResume } from './bench-arguments.js';
import { calibrateBuilder, calibrateRequest } from './calibrate/arguments.js';
import { compareBuilder, compareRequest } from './compare/arguments.js';
import { ExitCode } from './exit.js';
import { removeLeftOvers } from './left-overs.js';
import { lessonBuilder, lessonRequest } from './lesson/arguments.js';
import { newParser } from './parser.js';
import { projectBuilder, projectRequest } from './project/arguments.js';
import { toolVersion } from './version.js';

const names = [
  'bench',
  'compare',
  'report',
  'calibrate',
  'advise',
  'project',
  'lesson',
  'list',
  'check',
  'doctor',
];
const widest = 110;

/** The command line: which command, with which options. Each command is imported when it is asked for. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  // Each command sets it: none that is forgotten passes for fine.
  let code: ExitCode | undefined;
  const parser = newParser(args)
    .usage(
      '$0 [command]\n\nWhen does going parallel, or vectorised, pay: for this work, on this data, on this machine?',
    )
    .command(
      ['bench', '$0'],
      'measure a scenario, check every answer, write charts and a verdict',
      benchBuilder,
      async (argv) => {
        refuseWords(argv._, 'bench');
        if (argv.resume !== undefined) {
          const run = runToResume(argv);
          removeLeftOvers();
          const { resume } = await import('./resume.js');
          code = await resume(run);
          return;
        }
        const options = benchOptions(argv, args);
        removeLeftOvers();
        const { bench } = await import('./bench.js');
        code = await bench(options);
      },
    )
    .command(
      'report [run]',
      'rebuild charts and verdict from a results file or run folder (without one: the newest run)',
      (command) =>
        command
          .positional('run', { type: 'string', describe: 'folder of a run, or its results file' })
          .option('out', { type: 'string', nargs: 1, describe: 'folder of the runs (default reports)' })
          .option('to', { type: 'string', nargs: 1, describe: 'writes the report there instead' })
          .option('bandwidth', {
            type: 'string',
            nargs: 1,
            describe:
              'a run on data beyond the caches: the roof that shares of memory bandwidth are told against',
          })
          .option('explain', {
            type: 'string',
            nargs: 1,
            describe: 'print everything known of one cell instead: c17, or STRATEGY@keys=8,length=1e6',
          }),
      async (argv) => {
        refuseOthers(argv, ['run', 'out', 'to', 'explain', 'bandwidth'], 'report');
        const { reportCommand } = await import('./report-command.js');
        code = await reportCommand(argv.run, { ...argv, out: argv.out ?? 'reports' });
      },
    )
    .command(
      'compare [runs..]',
      'two stored runs, or two commits measured in one job: did anything become slower?',
      compareBuilder,
      async (argv) => {
        const request = compareRequest(argv);
        removeLeftOvers();
        const { compareCommand } = await import('./compare/command.js');
        code = await compareCommand(request);
      },
    )
    .command(
      'calibrate [runs..]',
      'prices of this machine as a profile, from stored runs or measured now, for advise and breakeven/choose',
      calibrateBuilder,
      async (argv) => {
        const request = calibrateRequest(argv);
        removeLeftOvers();
        const { calibrate } = await import('./calibrate/command.js');
        code = await calibrate(request);
      },
    )
    .command(
      'advise',
      'which strategy for this much data, how sure that is, and what would change it',
      adviseBuilder,
      async (argv) => {
        refuseWords(argv._, 'advise');
        const request = adviseRequest(argv);
        removeLeftOvers();
        const { adviseCommand } = await import('./advise/command.js');
        code = await adviseCommand(request);
      },
    )
    .command(
      'project',
      'what a dictionary of any size would take: time, processor time, what cannot run, how to cut it',
      projectBuilder,
      async (argv) => {
        refuseWords(argv._, 'project');
        const request = projectRequest(argv);
        const { projectCommand } = await import('./project/command.js');
        code = await projectCommand(request);
      },
    )
    .command(
      'lesson',
      'why not three threads? Measured on this machine in 4 minutes, and told step by step',
      lessonBuilder,
      async (argv) => {
        refuseWords(argv._, 'lesson');
        const request = lessonRequest(argv, args);
        removeLeftOvers();
        const { lesson } = await import('./lesson/command.js');
        code = await lesson(request);
      },
    )
    .command('list', 'scenarios, strategies and kernels that there are', noOptions, async (argv) => {
      refuseOthers(argv, [], 'list');
      const { list } = await import('./list.js');
      code = await list();
    })
    .command(
      'check <file>',
      'contract test of a strategy, kernel or scenario of your own',
      (command) => command.positional('file', { type: 'string', demandOption: true }),
      async (argv) => {
        refuseOthers(argv, ['file'], 'check');
        removeLeftOvers();
        const { check } = await import('./check.js');
        code = await check(argv.file);
      },
    )
    .command(
      'doctor',
      'the machine as the tool sees it, and what to change before numbers are trusted',
      noOptions,
      async (argv) => {
        refuseOthers(argv, [], 'doctor');
        const { doctor } = await import('./doctor.js');
        code = await doctor();
      },
    )
    .version(toolVersion())
    .help()
    .wrap(Math.min(widest, process.stdout.columns || widest));
  try {
    const { help, version } = await parser.parseAsync();
    if (code === undefined && (help || version)) code = ExitCode.fine;
  } catch (cause) {
    throw inOurWords(cause);
  }
  if (code === undefined) throw new Error('the command ended without an exit code');
  return code;
}

/** The parser's own complaint says neither what an option looks like nor how to give it a value with a dash. */
function inOurWords(cause: unknown): unknown {
  const name =
    cause instanceof Error ? /^Not enough arguments following: (\S+)$/.exec(cause.message)?.[1] : '';
  if (!name) return cause;
  return new InputError(
    `--${name} stands without a value. Write one that begins with a dash so: --${name}=--like-this.`,
    { cause },
  );
}

function noOptions(command: Argv): Argv {
  return command;
}

/** Words that no command takes: a number was meant as a further value, any other word as a command. */
function refuseWords(words: readonly (string | number)[], command: string): void {
  const [word] = words[0] === command ? words.slice(1).map(String) : words.map(String);
  if (word === undefined) return;
  if (/^[\d.]/.test(word))
    throw new InputError(
      `"${word}" stands alone. Values of one axis are joined by commas, like --keys 4,8,16.`,
    );
  if (words[0] === command) throw new InputError(`${command} does not take the word "${word}"; see --help.`);
  throw new InputError(`there is no command "${word}".${suggest(word, names)}`);
}

function refuseOthers(argv: Record<string, unknown>, known: readonly string[], command: string): void {
  refuseWords(argv._ as string[], command);
  refuseUnknown(argv, known, command);
}
