import { readFileSync } from 'node:fs';
import { estimateOf } from '../../../src/analysis/estimate.js';
import { measuredOf } from '../../../src/analysis/rivalry.js';
import { accounts, tableOf } from '../../../src/analysis/table.js';
import { checkProfile, type ListForm, type Profile } from '../../../src/choose/choose.js';
import { pointKey } from '../../../src/contract/axes.js';
import { kernelNs } from '../../../src/model/kernel-costs.js';
import type { CellHeader, Results } from '../../../src/results/format.js';
import { readResults } from '../../../src/results/reader.js';
import { type Figure, median } from '../../figures/figure.js';
import { percent, shown } from '../../proofs/proof.js';
import { type KernelWork, predictedNs } from './predicted.js';

/*
 * `npm run model-check -- first-principles PROFILE RESULTS …`: the cells of whole runs from what `breakeven calibrate` has
 * measured (start, price per key, per number by the way it is sent, fresh memory, what each kernel takes for one list,
 * bandwidth). Nothing of the runs is fitted, and nothing else is measured.
 */

const bar = 0.25;

/** One cell in one account. */
interface Told {
  readonly scenario: string;
  readonly strategy: string;
  readonly account: string;
  /** Of the scenario, the account and the point: what competes there. */
  readonly place: string;
  readonly predictedNs: number;
  readonly measuredNs: number;
  /** log(predicted ÷ measured). */
  readonly error: number;
}

export function firstPrinciples([file, ...runs]: readonly string[]): Figure[] {
  const profile: unknown = JSON.parse(readFileSync(file, 'utf8'));
  checkProfile(profile);
  if (profile.kernels === undefined) throw new Error(`${file} was made from runs: calibrate without any`);
  const told = runs.flatMap((run) => toldOf(profile, readResults(run)));
  const shares = (of: (one: Told) => string) =>
    [...new Set(told.map(of))].map((name) =>
      errorOf(
        name,
        told.filter((one) => of(one) === name),
      ),
    );
  const all = errorOf('all shipped scenarios', told);
  const strategies = [...new Set(told.map(({ strategy }) => strategy))].filter((one) => one !== baseline);
  return [
    ...shares(({ scenario }) => `scenario ${scenario}`).map(({ name, seen }) => shown(name, seen)),
    ...shares(({ strategy, account }) => `${account}, ${strategy}`).map(({ name, seen }) =>
      shown(name, seen),
    ),
    ...strategies.map((strategy) => sideOf(strategy, told)),
    all,
  ];
}

const baseline = 'for-loop';
/** Two times are the same within this: whichever is chosen is right. */
const same = 0.05;

/** Whether it pays against the for-loop is what a prediction is for: in how many cells it says so rightly. */
function sideOf(strategy: string, told: readonly Told[]): Figure {
  const loops = new Map(told.filter((one) => one.strategy === baseline).map((one) => [one.place, one]));
  const asked = told.flatMap((one) => {
    const loop = one.strategy === strategy ? loops.get(one.place) : undefined;
    return loop === undefined ? [] : [{ one, loop }];
  });
  const right = asked.filter(({ one, loop }) => {
    const [predicted, measured] = [one.predictedNs / loop.predictedNs, one.measuredNs / loop.measuredNs];
    return Math.abs(Math.log(measured)) <= Math.log1p(same) || predicted < 1 === measured < 1;
  });
  return shown(
    `from a calibration alone, ${strategy}: right side of the ${baseline}`,
    asked.length === 0 ? 'no cell' : `${percent(right.length / asked.length)} of ${asked.length} cells`,
  );
}

function errorOf(name: string, told: readonly Told[]): Figure {
  const errors = told.map((one) => Math.expm1(Math.abs(one.error))).sort((a, b) => a - b);
  const error = median(errors);
  const most = errors[Math.ceil(0.9 * errors.length) - 1];
  const lean = Math.expm1(median(told.map((one) => one.error)));
  return {
    name: `from a calibration alone, ${name}: median error`,
    bar: `≤ ${percent(bar)}`,
    seen: `${percent(error)} (90th percentile ${percent(most)}) of ${told.length} cells, in the middle ${lean < 0 ? '' : '+'}${percent(lean)}`,
    holds: error <= bar,
  };
}

/** Cells that started as the profile's did, lists or columns, and of strategies that it knows. */
function toldOf(profile: Profile, results: Results): Told[] {
  const { scenario, defaults, host } = results.header;
  if (host.fingerprint !== profile.host.fingerprint)
    throw new Error(`${scenario.id} was measured on another machine than the profile`);
  if (scenario.from !== profile.from) return [];
  const table = tableOf(results, 2);
  const works = worksOf(profile, results);
  return accounts.flatMap((account) =>
    measuredOf(table.all(account)).flatMap(({ cell, strategy, logs }): Told[] => {
      const ns = predictedNs(profile, strategy.label, {
        account,
        keys: cell.keys,
        length: cell.elements / cell.keys,
        workers: Number(cell.point.workers ?? defaults.workers ?? 1),
        kind: scenario.kernel.kind,
        work: (form) => works(cell, form),
      });
      if (ns === undefined) return [];
      const measuredNs = estimateOf(logs).value;
      const place = JSON.stringify([scenario.id, account, pointKey(cell.point)]);
      const told = { scenario: scenario.id, strategy: strategy.label, account, place };
      return [{ ...told, predictedNs: ns, measuredNs, error: Math.log(ns / measuredNs) }];
    }),
  );
}

/** What a cell's kernel takes per list; undefined where the profile does not tell. */
type Works = (cell: CellHeader, form: ListForm) => KernelWork | undefined;

/** The scenario's kernel in the currency of the profile, work per list. */
export function worksOf({ kernels = {}, kernel: calibrated }: Profile, { header }: Results): Works {
  const { id, kind, options } = header.scenario.kernel;
  const optionAt = ({ point }: CellHeader, option: string) => Number(point[option] ?? options[option]);
  if (kind === 'wait') return (cell) => alone(1_000 * optionAt(cell, 'ms'));
  if (id === calibrated.id) return (cell) => alone(optionAt(cell, 'cost'));
  const own = kernels[id];
  const loop = kernels[calibrated.id];
  if (own === undefined || loop === undefined) return () => undefined;
  return (cell, form) => {
    const length = Math.max(1, cell.elements / cell.keys);
    const work = own.workOption === undefined ? 1 : optionAt(cell, own.workOption);
    const whole = kernelNs(own, { form, length, work });
    // The calibrated kernel has no WASM twin; what numbers cost on the way is the same as for typed arrays.
    const without = kernelNs(loop, { form: form === 'wasm' ? 'typed' : form, length, work: 1 });
    if (whole === undefined || without === undefined) return undefined;
    return { whole: whole / 1e3, more: (whole - without) / 1e3 };
  };
}

/** Of the profile's own kernel, and of one that waits, the numbers come on top. */
function alone(work: number): KernelWork {
  return { whole: work, more: work };
}
