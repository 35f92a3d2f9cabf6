import type { Argv } from 'yargs';
import { InputError } from '../../contract/errors.js';
import { refuseUnknown, text, wholeNumber } from '../argument-values.js';

const options = {
  quick: { type: 'boolean', describe: 'within 90 s instead of 4 minutes: indicative' },
  python: { type: 'string', nargs: 1, describe: 'interpreter for the parts in Python (default python3)' },
  seed: { type: 'string', nargs: 1, describe: 'seed of data and order (default 1)' },
  out: { type: 'string', nargs: 1, describe: 'folder of the lesson (default reports/lesson)' },
  resume: {
    type: 'boolean',
    describe: 'go on with a lesson that was cut off; with --out where it lies elsewhere',
  },
  from: { type: 'string', nargs: 1, describe: 'write a lesson again from the results in its folder; alone' },
} as const;

/** How a lesson is measured. */
export interface LessonOptions {
  readonly quick: boolean;
  readonly seed: number;
  readonly python?: string;
  readonly out: string;
  /** The command line itself, for the results. */
  readonly command: readonly string[];
}

export type LessonRequest =
  | ({ readonly kind: 'measure' } & LessonOptions)
  | { readonly kind: 'resume'; readonly out: string }
  | { readonly kind: 'rebuild'; readonly from: string };

const defaultOut = 'reports/lesson';

/** Tells yargs about the options of `lesson`. */
export function lessonBuilder(command: Argv) {
  return command.options(options);
}

/** Throws an InputError that names the option. */
export function lessonRequest(argv: Record<string, unknown>, command: readonly string[]): LessonRequest {
  refuseUnknown(argv, Object.keys(options), 'lesson');
  const given = Object.keys(argv).filter((name) => Object.hasOwn(options, name));
  const from = text(argv, 'from');
  if (from !== undefined) {
    checkAlone('--from writes a lesson again from what was measured', given, ['from']);
    return { kind: 'rebuild', from };
  }
  const out = text(argv, 'out') ?? defaultOut;
  if (argv.resume === true) {
    checkAlone('--resume goes on with the lesson as it was started', given, ['resume', 'out']);
    return { kind: 'resume', out };
  }
  const python = text(argv, 'python');
  return {
    kind: 'measure',
    quick: argv.quick === true,
    seed: wholeNumber(argv, 'seed', 0) ?? 1,
    ...(python === undefined ? {} : { python }),
    out,
    command,
  };
}

function checkAlone(what: string, given: readonly string[], allowed: readonly string[]): void {
  const other = given.find((name) => !allowed.includes(name));
  if (other !== undefined) throw new InputError(`${what}: leave out --${other}.`);
}
