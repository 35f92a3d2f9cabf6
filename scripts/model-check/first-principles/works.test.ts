import { expect, it } from 'vitest';
import type { KernelCosts, ListForm } from '../../../src/choose/choose.js';
import type { KernelHeader, Results } from '../../../src/results/format.js';
import { madeUpProfile } from '../../../test/support/made-up-profile.js';
import { exampleResults } from '../../../test/support/synthetic.js';
import { worksOf } from './figures.js';

const costs = (form: ListForm, nsPerNumber: number, works = [1]): KernelCosts['costs'] =>
  works.flatMap((work) =>
    [10, 1_000].map((length) => ({ form, length, work, ns: nsPerNumber * length * work })),
  );
const kernels = {
  burn: { costs: [...costs('list', 1), ...costs('typed', 0.5)] },
  chain: { workOption: 'steps', costs: [...costs('list', 3, [1, 256]), ...costs('wasm', 2, [1, 256])] },
};
const known = [{ keys: 8, elements: 800, work: 1, workers: 2 }];
const profile = madeUpProfile({ known, strategies: [] }, { kernels });

/** What a list of 100 numbers takes of a run with such a kernel, in one form. */
function workOf(kernel: Partial<KernelHeader>, form: ListForm, point = {}) {
  const { header, records } = exampleResults();
  const scenario = { ...header.scenario, kernel: { ...header.scenario.kernel, ...kernel } };
  const results: Results = { header: { ...header, scenario }, records, notes: [] };
  return worksOf(profile, results)({ ...header.cells[0], keys: 10, elements: 1_000, point }, form);
}

it('a kernel takes what the profile says, and adds what goes beyond the loop of the calibrated one', () => {
  expect(workOf({ id: 'chain', options: { steps: 1 } }, 'list')).toEqual({ whole: 0.3, more: 0.2 });
  expect(workOf({ id: 'chain', options: { steps: 16 } }, 'list', { steps: 4 })?.whole).toBeCloseTo(1.2);
});

it('in WebAssembly it is held against the loop over typed arrays', () => {
  const found = workOf({ id: 'chain', options: { steps: 1 } }, 'wasm');
  expect(found?.whole).toBeCloseTo(0.2);
  expect(found?.more).toBeCloseTo(0.15);
});

it('the work of the calibrated kernel, and the time of one that waits, are told by their options', () => {
  expect(workOf({ id: 'burn', options: { cost: 5 } }, 'list')).toEqual({ whole: 5, more: 5 });
  expect(workOf({ id: 'wait', kind: 'wait', options: { ms: 50 } }, 'list', { ms: 5 })?.whole).toBe(5_000);
});

it('of a kernel or a form that the profile does not hold nothing is told', () => {
  expect(workOf({ id: 'mine', options: {} }, 'list')).toBeUndefined();
  expect(workOf({ id: 'chain', options: { steps: 1 } }, 'typed')).toBeUndefined();
});
