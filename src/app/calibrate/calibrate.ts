import { existsSync } from 'node:fs';
import type { Profile } from '../../choose/choose.js';
import { profileFormat } from '../../choose/profile.js';
import { pointKey } from '../../contract/axes.js';
import { InputError, RunError } from '../../contract/errors.js';
import { readJsonFile } from '../../files/json-file.js';
import { replaceFile } from '../../files/write-file.js';
import type { Planner } from '../../measure/measure.js';
import { briefSampling } from '../../measure/order.js';
import { oneByOne } from '../../measure/planner/rounds.js';
import { unknownAxes } from '../../model/observation.js';
import { pooled } from '../../model/pooled.js';
import { type AccountModel, modelsOf, profileOf } from '../../model/profile.js';
import type { Results } from '../../results/format.js';
import { readResults } from '../../results/reader.js';
import type { Caller } from '../caller.js';
import { checkOutFile } from '../out.js';
import { resultsFileOf } from '../stored-run.js';

/** What a profile is made of, and where it is written. */
export interface CalibrateRequest {
  /** Folders or results files to fit to; empty where it measures by itself. */
  readonly runs: readonly string[];
  readonly out: string;
}

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

/** What became of a calibration. */
export type Calibration =
  | { readonly kind: 'written'; readonly models: readonly AccountModel[]; readonly tookMs: number }
  | { readonly kind: 'interrupted' };

/** Formulas of a run, or of a short one that is measured now, as a file that `advise` and `choose` read. */
export async function calibrate({ runs, out }: CalibrateRequest, caller: Caller): Promise<Calibration> {
  checkOutFile(out);
  checkOnlyProfile(out);
  const beganMs = performance.now();
  const measured = runs.length > 0 ? fromRuns(runs) : await fromNow(caller);
  if (measured === undefined) return { kind: 'interrupted' };
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
  return { kind: 'written', models, tookMs: performance.now() - beganMs };
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

async function fromNow(caller: Caller): Promise<Measured | undefined> {
  caller.note(
    'Measures for less than a minute, each cell once: quick, and so with wider bands than a run gives.',
  );
  const [{ measureNow }, { measureBandwidth, measureKernels }] = await Promise.all([
    import('./measure.js'),
    import('./machine.js'),
  ]);
  const how = { orders: { sampling: briefSampling }, planner: inTime() };
  const results = await measureNow(caller, {}, how);
  if (results === undefined) return undefined;
  const { scenario, host } = results.header;
  const kernels = await measureKernels(scenario.kernel, caller);
  if (kernels === undefined) return undefined;
  const bandwidth = await measureBandwidth(host, caller);
  if (bandwidth === undefined) return undefined;
  return { results, machine: { kernels, ...bandwidth } };
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
