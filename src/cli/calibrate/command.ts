import { existsSync } from 'node:fs';
import type { Profile } from '../../choose/choose.js';
import { profileFormat } from '../../choose/profile.js';
import { pointKey } from '../../contract/axes.js';
import { InputError, RunError } from '../../contract/errors.js';
import { formatWait } from '../../document/units.js';
import { plainText } from '../../document/words.js';
import { fitReasonText } from '../../documents/verdict/formulas.js';
import { readJsonFile } from '../../files/json-file.js';
import { shellWord } from '../../files/shell.js';
import { replaceFile } from '../../files/write-file.js';
import type { Planner } from '../../measure/measure.js';
import { briefSampling } from '../../measure/order.js';
import { oneByOne } from '../../measure/planner/rounds.js';
import { unknownAxes } from '../../model/observation.js';
import { pooled } from '../../model/pooled.js';
import { type AccountModel, modelsOf, profileOf } from '../../model/profile.js';
import type { Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import { ExitCode } from '../exit.js';
import { checkOutFile } from '../out.js';
import { resultsFileOf } from '../stored-run.js';
import { note, say } from '../terminal.js';
import type { CalibrateRequest } from './arguments.js';

/** Profiles are some kilobytes: what is larger is none. */
const mostBytes = 2 ** 26;

/** A profile is replaced; what else somebody has under that name is not ours to write over. */
function checkOnlyProfile(out: string): void {
  if (!existsSync(out) || isProfile(out)) return;
  throw new InputError(
    `--out ${out} is there already, and is no profile of breakeven: nothing is written over it. Rename it, or name another file.`,
  );
}

function isProfile(path: string): boolean {
  try {
    const found = readJsonFile(path, mostBytes) as { readonly format?: unknown } | null;
    return found?.format === profileFormat;
  } catch (cause) {
    if (cause instanceof InputError) return false;
    throw cause;
  }
}

/** `calibrate`: formulas of a run, or of a short one that is measured now, as a file that `advise` and `choose` read. */
export async function calibrate({ runs, out }: CalibrateRequest): Promise<ExitCode> {
  checkOutFile(out);
  checkOnlyProfile(out);
  const beganMs = performance.now();
  const measured = runs.length > 0 ? fromRuns(runs) : await fromNow();
  if (measured === undefined) {
    note('Interrupted: nothing was written.');
    return ExitCode.interrupted;
  }
  const { results, machine } = measured;
  const unknown = unknownAxes(results.header);
  if (unknown.length > 0)
    throw new InputError(
      `the run sweeps ${unknown.join(' and ')}, which no formula knows: a profile is made from runs over keys, length, workers and one option of the kernel.`,
    );
  const models = modelsOf(results);
  const profile = { ...profileOf(results, models), ...machine };
  if (Object.keys(profile.accounts).length === 0) throw nothingMeasured(runs);
  replaceFile(out, `${JSON.stringify(profile, null, 1)}\n`);
  for (const account of models) for (const line of linesOf(account)) say(line);
  if (runs.length === 0) say(`Measured in ${formatWait(performance.now() - beganMs)}.`);
  say(`Written: ${out}. Ask it: breakeven advise --profile ${shellWord(out)} --keys … --length …`);
  return ExitCode.fine;
}

/** A run that was named is the wrong one; a machine on which every cell fails lets nobody calibrate. */
function nothingMeasured(runs: readonly string[]): Error {
  return runs.length > 0
    ? new InputError(
        'nothing was measured in this run that a profile could be made from: see its verdict for what failed.',
      )
    : new RunError(
        'every cell failed or hit its limit, so that no profile could be made; nothing was written. See above, and `breakeven doctor`.',
      );
}

/** What a profile is made from. */
interface Measured {
  readonly results: Results;
  /** Only where it was measured now: runs say nothing of other kernels, and of memory only where it was asked. */
  readonly machine?: Pick<Profile, 'kernels' | 'bandwidth'>;
}

function fromRuns(runs: readonly string[]): Measured {
  return { results: pooled(runs.map((run) => readResults(resultsFileOf(run)))) };
}

async function fromNow(): Promise<Measured | undefined> {
  note('Measures for less than a minute, each cell once: quick, and so with wider bands than a run gives.');
  const [{ measureNow }, { measureKernels }, { measureBandwidth }] = await Promise.all([
    import('./measure.js'),
    import('./machine.js'),
    import('./machine.js'),
  ]);
  const results = await measureNow({}, { orders: { sampling: briefSampling }, planner: inTime() });
  if (results === undefined) return undefined;
  const { scenario, host } = results.header;
  const kernels = await measureKernels(scenario.kernel);
  if (kernels === undefined) return undefined;
  const bandwidth = await measureBandwidth(host);
  if (bandwidth === undefined) return undefined;
  return { results, machine: { kernels, ...bandwidth } };
}

/** One line per strategy that has no formula, and how many have. */
function linesOf({ account, models, failed }: AccountModel): string[] {
  const without = models.filter(({ verdict }) => verdict !== 'fits' && verdict !== 'fits in two regimes');
  return [
    `${account}: ${models.length - without.length} of ${models.length} strategies follow a formula`,
    ...without.map(
      ({ strategy, because }) =>
        `  ${strategy}: told from its measured points alone; ${plainText(fitReasonText(because) ?? [])}`,
    ),
    ...failed.map(({ strategy, reason }) => `  ${strategy}: left out; ${reason}`),
  ];
}

/** Kernels and memory take a quarter of a minute after it, also on a slow machine, and the whole is to take less than one. */
const mostMs = 35_000;
/** Points of the scenario without which a price would be missing: as many as stand before the comment in it. */
const leastPoints = 7;

/** The points of a scenario in its order, each with all strategies before the next, as far as the time goes. */
export function inTime(): Planner {
  return {
    next: (state) => planner(state.header).next(state),
    left: (state) => planner(state.header).left(state),
  };
}

function planner({ cells, strategies }: Parameters<Planner['next']>[0]['header']): Planner {
  const points = [...new Set(cells.map(({ point }) => pointKey(point)))];
  const labels = strategies.map(({ label }) => label);
  return oneByOne({
    rank: ({ point, strategy }) => points.indexOf(pointKey(point)) * labels.length + labels.indexOf(strategy),
    mostMs,
    least: leastPoints * labels.length,
    spare: leastPoints * labels.length,
    stopsAt: () => false,
  });
}
