import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../catalog/problem.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import { ExitCode } from './exit.js';
import { rebuild } from './rebuild.js';
import { resultsFileOf } from './results-file.js';

/** `report`: every output again from the results file; no strategy is loaded. */
export async function reportCommand(run: string | undefined, out: string, cell?: string): Promise<ExitCode> {
  const path = run === undefined ? newestRun(out) : resultsFileOf(run);
  if (cell !== undefined) {
    const { explain } = await import('./explain.js');
    explain(readResults(path), cell);
    return ExitCode.fine;
  }
  await rebuild(path, dirname(path));
  return ExitCode.fine;
}

/** The committed sample, baselines and comparisons are nobody's newest run. */
function newestRun(out: string): string {
  const files = existsSync(out)
    ? (readdirSync(out, { recursive: true }) as string[])
        .filter((name) => basename(name) === resultsFileName && !/^(sample|baselines|compare)\b/.test(name))
        .map((name) => join(out, name))
    : [];
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined)
    throw new InputError(`there is no run below ${out} yet: measure one with \`breakeven bench\`.`);
  return newest;
}
