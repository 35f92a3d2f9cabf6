import { expect, it } from 'vitest';
import { madeUpRequest } from '../../../test/support/made-up-plan.js';
import { findKernel, type LoadedKernelEntry } from '../../plugins/kernel.js';
import { findStrategies } from '../../plugins/strategy.js';
import { realClock } from '../measure.js';
import { makePlan } from '../plan.js';
import { measureResident } from './resident.js';

const { signal } = new AbortController();

/** Two lengths of a kernel that ships, on single threads that leave its lists in place. */
async function planOf(id: string, limitMs = 30_000) {
  const kernel: LoadedKernelEntry = await findKernel(id);
  const { plugin } = kernel;
  const strategies = await findStrategies(['for-loop', 'wasm-simd']);
  return makePlan(
    madeUpRequest({
      kernel: { ...kernel, options: plugin.options },
      strategies,
      scenario: { ...madeUpRequest().scenario, sweeps: [{ keys: [4], length: [8, 64] }] },
      limitMs,
    }),
  );
}

it('measures and verifies each cell in place alone, those of a strategy in a process of their own', async () => {
  const plan = await planOf('square-minus-13');
  const records = await measureResident(plan, plan.runnable, { clock: realClock, signal });
  expect(records.map(({ cell }) => cell).sort()).toEqual(plan.runnable.map(({ id }) => id).sort());
  for (const { only, outcome } of records) {
    expect(only).toBe('resident');
    expect(outcome).toMatchObject({ status: 'measured', resident: { status: 'measured' } });
    expect(outcome).not.toHaveProperty('warm');
  }
}, 60_000);

it('what was not reached within the limit has no record', async () => {
  const plan = await planOf('square-minus-13', 1);
  expect(await measureResident(plan, plan.runnable, { clock: realClock, signal })).toEqual([]);
}, 60_000);
