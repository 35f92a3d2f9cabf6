import { relative } from 'node:path';
import type { LessonEnd, LessonOptions, LessonRequest } from '../app/lesson/lesson.js';
import { InputError } from '../contract/errors.js';
import { ExitCode, worstOf } from './exit.js';
import { flag, readAgain, readOptions, type Typed, text, type Usage, wholeNumber } from './options.js';
import { note, say } from './terminal.js';

const defaultOut = 'reports/lesson';

const options = {
  quick: flag('within 90 s instead of 4 minutes: indicative'),
  python: text('interpreter for the parts in Python (default python3)'),
  seed: wholeNumber('seed of data and order (default 1)', { least: 0 }, 1),
  out: text(`folder of the lesson (default ${defaultOut})`, defaultOut),
  resume: flag('go on with a lesson that was cut off; with --out where it lies elsewhere'),
  from: text('write a lesson again from the results in its folder; alone'),
};

export const lessonUsage: Usage = {
  name: 'lesson',
  describe: 'why not three threads? Measured on this machine in 4 minutes, and told step by step',
  options,
  makesFolders: true,
};

/** Throws an InputError that names the option. */
export function lessonRequest(typed: Typed, command: readonly string[]): LessonRequest {
  const { from, resume, ...measured } = readOptions(options, typed);
  const { out } = measured;
  if (from !== undefined) {
    checkAlone('--from writes a lesson again from what was measured', typed, ['from']);
    return { kind: 'rebuild', from };
  }
  if (resume) {
    checkAlone('--resume goes on with the lesson as it was started', typed, ['resume', 'out']);
    return { kind: 'resume', out };
  }
  return { kind: 'measure', ...measured, command };
}

/** The options of a lesson that was started with this command line: what `--resume` goes on with. */
export function lessonOptionsOf(command: readonly string[]): Promise<LessonOptions> {
  return readAgain(lessonUsage, command, (typed) => {
    const request = lessonRequest(typed, command);
    return request.kind === 'measure' ? request : undefined;
  });
}

function checkAlone(what: string, typed: Typed, allowed: readonly string[]): void {
  const other = Object.keys(typed).find((name) => Object.hasOwn(options, name) && !allowed.includes(name));
  if (other !== undefined) throw new InputError(`${what}: leave out --${other}.`);
}

/** `lesson`: measures the parts of the lesson and writes it; the path is the last line of the output. */
export async function lessonCommand(request: LessonRequest): Promise<ExitCode> {
  const [{ makeLesson }, { callFromTerminal }] = await Promise.all([
    import('../app/lesson/lesson.js'),
    import('./caller.js'),
  ]);
  const end = await callFromTerminal((caller) => makeLesson(request, lessonOptionsOf, caller));
  for (const line of end.written.skipped) note(line);
  say(relative('.', end.written.path));
  return codeOf(end);
}

/** A lesson that teaches nothing, since no part of it has a time, is no 0. */
async function codeOf({ status, parts, hasFailed }: LessonEnd): Promise<ExitCode> {
  const { isUnfit, isUnmeasured } = await import('./result.js');
  const interrupted = status === 'interrupted';
  const analyses = [...parts.values()].map(({ analysis }) => analysis);
  const teachesNothing = !interrupted && analyses.every(isUnmeasured);
  if (teachesNothing)
    note('Nothing was measured: no part of the lesson has a time. The verdict of a part says why.');
  return worstOf([
    interrupted ? ExitCode.interrupted : ExitCode.fine,
    hasFailed ? ExitCode.foundSomethingBad : ExitCode.fine,
    teachesNothing || (status !== 'written again' && analyses.some(isUnfit)) ? ExitCode.unfit : ExitCode.fine,
  ]);
}
