import { writeFileSync } from 'node:fs';
import { InputError } from '../../catalog/problem.js';
import { unknownAxes } from '../../model/observation.js';
import { pooled } from '../../model/pooled.js';
import { type AccountModel, modelsOf, profileOf } from '../../model/profile.js';
import type { Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { ExitCode } from '../exit.js';
import { checkOutFile } from '../out-file.js';
import { resultsFileOf } from '../results-file.js';
import { note, say } from '../terminal-lines.js';
import type { CalibrateRequest } from './arguments.js';

/** `calibrate`: formulas of a run, or of a short one that is measured now, as a file that `advise` and `choose` read. */
export async function calibrate({ runs, out }: CalibrateRequest): Promise<ExitCode> {
  checkOutFile(out);
  const results =
    runs.length > 0 ? pooled(runs.map((run) => readResults(resultsFileOf(run)))) : await measured();
  if (results === undefined) return ExitCode.interrupted;
  const unknown = unknownAxes(results.header);
  if (unknown.length > 0)
    throw new InputError(
      `the run sweeps ${unknown.join(' and ')}, which no formula knows: a profile is made from runs over keys, length, workers and one option of the kernel.`,
    );
  const models = modelsOf(results);
  const profile = profileOf(results, models);
  if (Object.keys(profile.accounts).length === 0)
    throw new InputError(
      'nothing was measured in this run that a profile could be made from: see its verdict for what failed.',
    );
  writeFileSync(out, `${JSON.stringify(profile, null, 1)}\n`);
  for (const account of models) for (const line of linesOf(account)) say(line);
  say(`Written: ${out}. Ask it: breakeven advise --profile ${out} --keys … --length …`);
  return ExitCode.fine;
}

async function measured(): Promise<Results | undefined> {
  const { measureNow } = await import('./measure.js');
  note('Measures for less than a minute, each cell once: quick, and so with wider bands than a run gives.');
  return measureNow();
}

/** One line per strategy that has no formula, and how many have. */
function linesOf({ account, models, failed }: AccountModel): string[] {
  const without = models.filter(({ verdict }) => verdict !== 'fits' && verdict !== 'fits in two regimes');
  return [
    `${account}: ${models.length - without.length} of ${models.length} strategies follow a formula`,
    ...without.map(
      ({ strategy, because }) => `  ${strategy}: told from its measured points alone; ${because}`,
    ),
    ...failed.map(({ strategy, reason }) => `  ${strategy}: left out; ${reason}`),
  ];
}
