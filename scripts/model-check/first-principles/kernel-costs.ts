import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KernelRef } from '../../../src/contract/kernel.js';
import type { CostOrder, Form } from './kernel-cost-main.js';

const main = fileURLToPath(new URL('./kernel-cost-main.js', import.meta.url));

/** A kernel on one list. */
export interface CostCase {
  readonly ref: KernelRef;
  readonly length: number;
  readonly form: Form;
}

/** ns per list of each case, measured now: each kernel and form in a process of its own. */
export function kernelCosts(cases: readonly CostCase[]): (asked: CostCase) => number {
  const groups = new Map<string, CostCase[]>();
  for (const one of cases) {
    const group = `${one.form} ${one.ref.module}`;
    groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  const known = new Map<string, number>();
  for (const group of groups.values()) {
    const once = [...new Map(group.map((one) => [keyOf(one), one])).entries()];
    const order: CostOrder = { form: group[0].form, cases: once.map(([, one]) => one) };
    measured(order).forEach((ns, i) => void known.set(once[i][0], ns));
  }
  return (asked) => known.get(keyOf(asked)) ?? Number.NaN;
}

function measured(order: CostOrder): number[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, JSON.stringify(order)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the cost of a kernel could not be measured: ${stderr}`);
  return JSON.parse(stdout) as number[];
}

function keyOf({ ref, length, form }: CostCase): string {
  return JSON.stringify([form, ref.module, ref.options, length]);
}
