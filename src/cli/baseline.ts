import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { replaceFileByCopy } from '../files/write-file.js';
import { resultsFileName } from '../results/journal.js';

/** Below the folder of the runs: `baselines/<name>/<scenario>/results.ndjson`. */
const folderName = 'baselines';

/** Refused before anything is measured: the name becomes a folder. */
export function checkBaselineName(name: string): void {
  if (!/^[\w][\w.-]*$/.test(name))
    throw new InputError(`--save ${name}: a name has letters, digits, dots, dashes and underscores only.`);
}

/** Keeps a run's results under a name, in place of what the scenario had there before. */
export function saveBaseline(out: string, name: string, scenario: string, resultsPath: string): string {
  const path = join(out, folderName, name, scenario, resultsFileName);
  makeFolder(dirname(path));
  replaceFileByCopy(path, resultsPath);
  return path;
}

/** The folder of a named baseline; undefined where nobody saved one. */
export function findBaseline(out: string, name: string): string | undefined {
  const path = join(out, folderName, name);
  return existsSync(path) ? path : undefined;
}
