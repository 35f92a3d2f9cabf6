import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { InputError } from '../catalog/problem.js';
import { writeReport } from '../report/report.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import { ExitCode } from './exit.js';
import { printResult } from './result-table.js';

/** `report`: every output again from the results file; no strategy is loaded. */
export async function reportCommand(run: string | undefined, out: string): Promise<ExitCode> {
  const path = run === undefined ? newestRun(out) : resultsFileOf(run);
  const analysis = analyse(readResults(path));
  printResult(analysis, await writeReport(analysis, dirname(path)));
  return ExitCode.fine;
}

function resultsFileOf(run: string): string {
  if (!existsSync(run))
    throw new InputError(`${run} does not exist: name a run's folder or its ${resultsFileName}.`);
  if (!statSync(run).isDirectory()) return run;
  const path = join(run, resultsFileName);
  if (!existsSync(path))
    throw new InputError(`the folder ${run} holds no ${resultsFileName}: it is not the folder of a run.`);
  return path;
}

function newestRun(out: string): string {
  const files = existsSync(out)
    ? (readdirSync(out, { recursive: true }) as string[])
        .filter((name) => basename(name) === resultsFileName && !name.startsWith('sample'))
        .map((name) => join(out, name))
    : [];
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined)
    throw new InputError(`there is no run below ${out} yet: measure one with \`breakeven bench\`.`);
  return newest;
}
