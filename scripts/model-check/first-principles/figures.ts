import { readFileSync } from 'node:fs';
import { estimateOf } from '../../../src/analysis/estimate.js';
import { measuredOf } from '../../../src/analysis/rivalry.js';
import { accounts, tableOf } from '../../../src/analysis/table.js';
import { checkProfile, type Profile } from '../../../src/choose/choose.js';
import type { Results } from '../../../src/results/format.js';
import { readResults } from '../../../src/results/reader.js';
import { type Figure, median } from '../../figures/figure.js';
import { percent, shown } from '../../proofs/proof.js';
import { predictedNs } from './predicted.js';
import { worksOf } from './works.js';

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
  return [
    ...shares(({ scenario }) => `scenario ${scenario}`).map(({ name, seen }) => shown(name, seen)),
    ...shares(({ strategy, account }) => `${account}, ${strategy}`).map(({ name, seen }) =>
      shown(name, seen),
    ),
    all,
  ];
}

function errorOf(name: string, told: readonly Told[]): Figure {
  const error = median(told.map((one) => Math.expm1(Math.abs(one.error))));
  const lean = Math.expm1(median(told.map((one) => one.error)));
  return {
    name: `from a calibration alone, ${name}: median error`,
    bar: `≤ ${percent(bar)}`,
    seen: `${percent(error)} of ${told.length} cells, in the middle ${lean < 0 ? '' : '+'}${percent(lean)}`,
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
      const error = Math.log(ns / estimateOf(logs).value);
      return [{ scenario: scenario.id, strategy: strategy.label, account, error }];
    }),
  );
}
