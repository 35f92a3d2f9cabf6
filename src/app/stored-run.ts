import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { openRegularFile } from '../files/read-file.js';
import { replaceFileByCopy } from '../files/write-file.js';
import { type Bandwidth, bandwidthOf } from '../model/scaling/roof.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';

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

/** Below the folder of the runs: `baselines/<name>/<scenario>/results.ndjson`. */
const folderName = 'baselines';

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

/** What `--bandwidth RUN` names: of the same machine, since another one's memory is no roof. Throws an InputError otherwise. */
export function readBandwidth(run: string, host: { readonly fingerprint: string }): Bandwidth {
  const results = readResults(resultsFileOf(run));
  if (results.header.host.fingerprint !== host.fingerprint)
    throw new InputError(
      `--bandwidth ${run}: it was measured on another machine (${results.header.host.cpu}).`,
    );
  const bandwidth = bandwidthOf(results);
  if (bandwidth === undefined)
    throw new InputError(
      `--bandwidth ${run}: nothing in it is larger than the caches. Measure one: breakeven bench --scenario bandwidth.`,
    );
  return bandwidth;
}
