import { removeLeftOvers } from '../app/temporary-folder.js';
import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';
import { toolVersion } from '../plugins/module.js';
import { adviseCommand, adviseRequest, adviseUsage } from './advise.js';
import { benchCommand, benchOptions, benchUsage, resumeCommand, runToResume } from './bench.js';
import { calibrateCommand, calibrateRequest, calibrateUsage } from './calibrate.js';
import { compareCommand, compareRequest, compareUsage } from './compare.js';
import { ExitCode } from './exit.js';
import { lessonCommand, lessonRequest, lessonUsage } from './lesson.js';
import {
  addCommand,
  newParser,
  readOptions,
  refuseUnknown,
  type Typed,
  text,
  type Usage,
} from './options.js';
import { projectCommand, projectRequest, projectUsage } from './project.js';

/** A command: how it is asked for, and what it does then. */
interface Command {
  readonly usage: Usage;
  /** Throws an InputError that names the option. */
  read(typed: Typed, line: readonly string[]): () => Promise<ExitCode>;
}

/** `carryOut` imports what it needs: bad input does not wait for it. */
function command<Request>(
  usage: Usage,
  request: (typed: Typed, line: readonly string[]) => Request,
  carryOut: (request: Request) => Promise<ExitCode>,
): Command {
  return {
    usage,
    read: (typed, line) => {
      const asked = request(typed, line);
      return () => carryOut(asked);
    },
  };
}

const reportOptions = {
  out: text('folder of the runs (default reports)', 'reports'),
  to: text('writes the report there instead'),
  bandwidth: text(
    'a run on data beyond the caches: the roof that shares of memory bandwidth are told against',
  ),
  explain: text('print everything known of one cell instead: c17, or STRATEGY@keys=8,length=1e6'),
};

const commands: readonly Command[] = [
  command(
    benchUsage,
    (typed, line) => (typed.resume === undefined ? benchOptions(typed, line) : runToResume(typed)),
    (asked) => (typeof asked === 'string' ? resumeCommand(asked) : benchCommand(asked)),
  ),
  command(
    {
      name: 'report',
      words: { shown: '[run]', are: { run: { describe: 'folder of a run, or its results file' } } },
      describe: 'rebuild charts and verdict from a results file or run folder (without one: the newest run)',
      options: reportOptions,
    },
    (typed) => ({ ...readOptions(reportOptions, typed), run: typed.run as string | undefined }),
    async (asked) => (await import('./report.js')).report(asked.run, asked),
  ),
  command(compareUsage, compareRequest, compareCommand),
  command(calibrateUsage, calibrateRequest, calibrateCommand),
  command(adviseUsage, adviseRequest, adviseCommand),
  command(projectUsage, projectRequest, projectCommand),
  command(lessonUsage, lessonRequest, lessonCommand),
  command(
    { name: 'list', describe: 'scenarios, strategies and kernels that there are', options: {} },
    () => undefined,
    async () => (await import('./list.js')).list(),
  ),
  command(
    {
      name: 'check',
      words: { shown: '<file>', are: { file: {} } },
      describe: 'contract test of a strategy, kernel or scenario of your own',
      options: {},
      makesFolders: true,
    },
    (typed) => String(typed.file),
    async (file) => (await import('./check.js')).check(file),
  ),
  command(
    {
      name: 'doctor',
      describe: 'the machine as the tool sees it, and what to change before numbers are trusted',
      options: {},
    },
    () => undefined,
    async () => (await import('./doctor.js')).doctor(),
  ),
];

const widest = 110;

/** Carries out what the command line asks for. */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  const carryOut = await readCommand(args);
  return carryOut();
}

/**
 * The command line: which command, with which options. Returns what carries it out. Throws an InputError that names the
 * option.
 */
export async function readCommand(args: readonly string[]): Promise<() => Promise<ExitCode>> {
  let carryOut: (() => Promise<ExitCode>) | undefined;
  const parser = newParser(args).usage(
    '$0 [command]\n\nWhen does going parallel, or vectorised, pay: for this work, on this data, on this machine?',
  );
  for (const { usage, read } of commands)
    addCommand(parser, usage, (typed) => {
      refuseWords(typed._ as readonly string[], usage.name);
      if (!usage.takesAxes) refuseUnknown(usage, typed);
      const asked = read(typed, args);
      carryOut = () => {
        if (usage.makesFolders) removeLeftOvers();
        return asked();
      };
    });
  parser
    .version(toolVersion())
    .help()
    .wrap(Math.min(widest, process.stdout.columns || widest));
  try {
    const { help, version } = await parser.parseAsync();
    if (carryOut === undefined && (help || version)) carryOut = async () => ExitCode.fine;
  } catch (cause) {
    throw inOurWords(cause);
  }
  if (carryOut === undefined) throw new Error('the command line leads to no command');
  return carryOut;
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

/** Words that no command takes: a number was meant as a further value, any other word as a command. */
function refuseWords(words: readonly (string | number)[], command: string): void {
  const [word] = words[0] === command ? words.slice(1).map(String) : words.map(String);
  if (word === undefined) return;
  if (/^[\d.]/.test(word))
    throw new InputError(
      `"${word}" stands alone. Values of one axis are joined by commas, like --keys 4,8,16.`,
    );
  if (words[0] === command) throw new InputError(`${command} does not take the word "${word}"; see --help.`);
  throw new InputError(
    `there is no command "${word}".${suggest(
      word,
      commands.map(({ usage }) => usage.name),
    )}`,
  );
}
