import { InputError } from '../../contract/errors.js';
import { newParser } from '../parser.js';
import { type LessonOptions, lessonBuilder, lessonRequest } from './arguments.js';

/** The options of a lesson that was started with this command line: what `--resume` goes on with. */
export async function lessonOptionsOf(command: readonly string[]): Promise<LessonOptions> {
  let options: LessonOptions | undefined;
  await newParser(command)
    .command('lesson', 'measure', lessonBuilder, (argv) => {
      const request = lessonRequest(argv, command);
      if (request.kind === 'measure') options = request;
    })
    .parseAsync();
  if (options === undefined)
    throw new InputError(
      `its command line, "${command.join(' ')}", is not one of lesson: it cannot be resumed.`,
    );
  return options;
}
