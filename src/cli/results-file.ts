import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { openRegularFile } from '../files/read-file.js';
import { resultsFileName } from '../results/journal.js';

/** The results file of a run that is named by its folder or by the file itself. */
export function resultsFileOf(run: string): string {
  if (!existsSync(run))
    throw new InputError(`${run} does not exist: name a run's folder or its ${resultsFileName}.`);
  if (!statSync(run).isDirectory()) return checkedFile(run);
  const path = join(run, resultsFileName);
  if (!existsSync(path))
    throw new InputError(`the folder ${run} holds no ${resultsFileName}: it is not the folder of a run.`);
  return checkedFile(path);
}

/** Whoever reads it reads to its end, which a FIFO or a device does not have. Throws an InputError. */
export function checkedFile(path: string): string {
  openRegularFile(path).close();
  return path;
}
