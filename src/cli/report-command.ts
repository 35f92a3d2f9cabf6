import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../catalog/problem.js';
import { resultsFileName } from '../results/journal.js';
import { ExitCode } from './exit.js';
import { rebuild } from './rebuild.js';
import { resultsFileOf } from './results-file.js';

/** `report`: every output again from the results file; no strategy is loaded. */
export async function reportCommand(run: string | undefined, out: string): Promise<ExitCode> {
  const path = run === undefined ? newestRun(out) : resultsFileOf(run);
  await rebuild(path, dirname(path));
  return ExitCode.fine;
}

/** The committed sample, baselines, comparisons and the parts of a lesson are nobody's newest run. */
function newestRun(out: string): string {
  const files = existsSync(out)
    ? (readdirSync(out, { recursive: true }) as string[])
        .filter(
          (name) => basename(name) === resultsFileName && !/^(sample|baselines|compare|lesson)\b/.test(name),
        )
        .map((name) => join(out, name))
    : [];
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined)
    throw new InputError(`there is no run below ${out} yet: measure one with \`breakeven bench\`.`);
  return newest;
}
