import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../contract/errors.js';
import { pinFolder } from '../files/pinned-folders.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import { readBandwidth } from './bandwidth.js';
import { ExitCode } from './exit.js';
import { checkOutFolder } from './out-folder.js';
import { codeOfAnalysis, rebuild } from './rebuild.js';
import { resultsFileOf } from './results-file.js';

export interface ReportOptions {
  readonly out: string;
  /** The cell to explain, instead of writing anything. */
  readonly explain?: string;
  /** Folder for the report, instead of that of the results. */
  readonly to?: string;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

/** `report`: every output again from the results file; no strategy is loaded. */
export async function reportCommand(run: string | undefined, options: ReportOptions): Promise<ExitCode> {
  if (options.explain !== undefined && options.bandwidth !== undefined)
    throw new InputError('--explain and --bandwidth: give one of them.');
  if (options.explain !== undefined && options.to !== undefined)
    throw new InputError('--explain writes nothing: leave out --to.');
  if (options.to !== undefined) checkOutFolder(options.to, '--to');
  const path = run === undefined ? newestRun(options.out) : resultsFileOf(run);
  if (options.explain !== undefined) {
    const { explain } = await import('./explain.js');
    explain(readResults(path), options.explain);
    return ExitCode.fine;
  }
  // Whatever is done to it from now on, this is the folder that is meant.
  pinFolder(options.to ?? dirname(path));
  const roof =
    options.bandwidth === undefined
      ? undefined
      : readBandwidth(options.bandwidth, readResults(path).header.host);
  return codeOfAnalysis(await rebuild(path, options.to ?? dirname(path), roof));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // It is none, or not ours to read.
    return [];
  }
}

/** The committed sample, baselines, comparisons and the parts of a lesson are nobody's newest run. */
function newestRun(out: string): string {
  const scenarios = foldersIn(out).filter((name) => !/^(sample|baselines|compare|lesson)\b/.test(name));
  // Not deeper: somebody may name the folder of all of their projects.
  const files = scenarios
    .flatMap((scenario) =>
      foldersIn(join(out, scenario)).map((run) => join(out, scenario, run, resultsFileName)),
    )
    .filter((file) => existsSync(file));
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined)
    throw new InputError(`there is no run below ${out} yet: measure one with \`breakeven bench\`.`);
  return newest;
}
