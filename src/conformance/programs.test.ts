import { describe, expect, test } from 'vitest';
import { readyStrategy } from '../measure/preflight/programs.js';
import { type LoadedStrategy, shippedPrograms } from '../plugins/strategy.js';
import { conform } from './conform.js';
import { shippedTrialKernels } from './subject.js';

/** The kernels that each is tried with; the two kinds of a strategy are one program, so that one of them will do. */
const tried: Readonly<Record<string, readonly string[]>> = {
  'python-for-loop': ['burn', 'sqrt-chain'],
  'python-threads': ['wait'],
  'python-process-pool': ['square-minus-13'],
  'python-numpy': ['square-minus-13', 'sum'],
  'native-serial': ['square-minus-13', 'sum', 'sqrt-chain', 'stream', 'burn'],
  'native-pthreads': ['square-minus-13', 'sum', 'burn', 'wait'],
  'native-serial-from-node': ['sum'],
};

const kernels = await shippedTrialKernels();
const programs = await shippedPrograms();

function entryOf(id: string): LoadedStrategy {
  const found = programs.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`${id} does not ship`);
  return found;
}

describe.each(Object.entries(tried))('%s', { timeout: 120_000 }, (id, names) => {
  test('keeps the contract and answers as the kernel does, where it can run', async (context) => {
    const { entry, needs } = await readyStrategy(entryOf(id), kernels[0].ref);
    context.skip(needs !== undefined, `needs ${needs}`);
    const failed: string[] = [];
    let passed = 0;
    const some = kernels.filter(({ name }) => names.includes(name));
    expect(some.length).toBe(names.length);
    for await (const result of conform(entry, { kernels: some, workers: 2, deadlineMs: 30_000 })) {
      if (result.status === 'failed') failed.push(`${result.case}: ${result.problem}`);
      if (result.status === 'passed') passed++;
    }
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(30 * names.length);
  });
});
