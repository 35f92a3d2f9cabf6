import { readFileSync } from 'node:fs';
import { accounts, tableOf } from '../../../src/analysis/table.js';
import { findKernel } from '../../../src/catalog/kernel-entry.js';
import { checkProfile, type Profile } from '../../../src/choose/choose.js';
import type { KernelRef } from '../../../src/contract/kernel.js';
import { measuredOf } from '../../../src/analysis/rivalry.js';
import { estimateOf } from '../../../src/analysis/estimate.js';
import type { CellHeader, Results } from '../../../src/results/format.js';
import { readResults } from '../../../src/results/reader.js';
import { type Figure, median } from '../../figures/figure.js';
import { percent, shown } from '../../proofs/proof.js';
import type { Form } from './kernel-cost-main.js';
import { type CostCase, kernelCosts } from './kernel-costs.js';
import { predictedNs } from './predicted.js';

/*
 * `npm run model-check -- first-principles PROFILE RESULTS …`: the cells of whole runs from what `breakeven calibrate` has
 * measured (start, price per key, per number by the way it is sent, fresh memory) and what the scenario's kernel takes for one
 * list, which is timed here. Nothing of the runs is fitted.
 */

const forms: readonly Form[] = ['list', 'typed', 'wasm'];
const bar = 0.25;

/** One cell in one account. */
interface Told {
  readonly scenario: string;
  readonly strategy: string;
  readonly account: string;
  /** log(predicted ÷ measured). */
  readonly error: number;
}

export async function firstPrinciples([file, ...runs]: readonly string[]): Promise<Figure[]> {
  const profile: unknown = JSON.parse(readFileSync(file, 'utf8'));
  checkProfile(profile);
  const told = (await Promise.all(runs.map((run) => toldOf(profile, readResults(run))))).flat();
  const shares = (of: (one: Told) => string) =>
    [...new Set(told.map(of))].map((name) => errorOf(name, told.filter((one) => of(one) === name)));
  const all = errorOf('all shipped scenarios', told);
  return [
    ...shares(({ scenario }) => `scenario ${scenario}`).map(({ name, seen }) => shown(name, seen)),
    ...shares(({ strategy, account }) => `${account}, ${strategy}`).map(({ name, seen }) => shown(name, seen)),
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

async function toldOf(profile: Profile, results: Results): Promise<Told[]> {
  const { scenario, defaults, host } = results.header;
  if (host.fingerprint !== profile.host.fingerprint)
    throw new Error(`${scenario.id} was measured on another machine than the profile`);
  const { kernel, id, from } = scenario;
  // The profile was measured from lists.
  if (from !== profile.from) return [];
  const { module, plugin } = await findKernel(kernel.id);
  const calibrated = await findKernel(profile.kernel.id);
  const { calibration } = results.header;
  const table = tableOf(results, 2);
  const entries = accounts.flatMap((account) => measuredOf(table.all(account)).map((entry) => ({ account, entry })));
  const refOf = ({ point }: CellHeader): KernelRef => {
    const own = Object.keys(plugin.options).flatMap((name) => (name in point ? [[name, point[name]]] : []));
    return { module, options: { ...kernel.options, ...calibration?.options, ...Object.fromEntries(own) } };
  };
  // One step of work and no more: its loop over the numbers is left.
  const idle: KernelRef = { module: calibrated.module, options: { cost: 1e-9, rate: 1 } };
  const timed = kernel.kind !== 'wait' && kernel.id !== profile.kernel.id;
  const cases = timed ? entries.flatMap(({ entry: { cell } }) => casesOf(refOf(cell), idle, lengthOf(cell), hasWasm(results))) : [];
  const costOf = kernelCosts(cases);
  return entries.flatMap(({ account, entry: { cell, strategy, logs } }): Told[] => {
    const length = lengthOf(cell);
    const ref = refOf(cell);
    const work = (form: Form): number => {
      if (kernel.kind === 'wait') return 1_000 * Number(cell.point.ms ?? ref.options.ms);
      if (!timed) return Number(cell.point.cost ?? ref.options.cost);
      const own = costOf({ ref, form, length });
      return (own - costOf({ ref: idle, form: form === 'wasm' ? 'typed' : form, length })) / 1e3;
    };
    const ns = predictedNs(profile, strategy.label, {
      account,
      keys: cell.keys,
      length: cell.elements / cell.keys,
      workers: Number(cell.point.workers ?? defaults.workers ?? 1),
      kind: kernel.kind,
      work,
    });
    if (ns === undefined) return [];
    return [{ scenario: id, strategy: strategy.label, account, error: Math.log(ns / estimateOf(logs).value) }];
  });
}

function hasWasm({ header }: Results): boolean {
  return header.strategies.some(({ id }) => id.startsWith('wasm'));
}

function casesOf(ref: KernelRef, idle: KernelRef, length: number, wasm: boolean): CostCase[] {
  return forms
    .filter((form) => form !== 'wasm' || wasm)
    .flatMap((form) => [
      { ref, form, length },
      ...(form === 'wasm' ? [] : [{ ref: idle, form, length }]),
    ]);
}

function lengthOf({ keys, elements }: CellHeader): number {
  return Math.max(1, Math.round(elements / keys));
}
