import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { resultsFileName } from '../results/journal.js';

/** The results file of a run that is named by its folder or by the file itself. */
export function resultsFileOf(run: string): string {
  if (!existsSync(run))
    throw new InputError(`${run} does not exist: name a run's folder or its ${resultsFileName}.`);
  if (!statSync(run).isDirectory()) return run;
  const path = join(run, resultsFileName);
  if (!existsSync(path))
    throw new InputError(`the folder ${run} holds no ${resultsFileName}: it is not the folder of a run.`);
  return path;
}
