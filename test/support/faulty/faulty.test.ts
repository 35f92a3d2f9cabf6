import { beforeAll, describe, expect, test } from 'vitest';
import { conform } from '../../../src/conformance/conform.js';
import { testIsolated } from '../../../src/conformance/isolated.js';
import type { CaseResult } from '../../../src/conformance/result.js';
import { shippedTrialKernels, type TrialKernel } from '../../../src/conformance/subject.js';
import type { Form } from '../../../src/contract/dictionary.js';
import { type CellOrder, quickSampling } from '../../../src/measure/order.js';
import { processExecutor } from '../../../src/measure/process-executor.js';
import { findStrategies, shippedStrategies } from '../../../src/plugins/strategy.js';
import { faults } from './faults.js';
import { faultyEntry } from './faulty-entry.js';

let square: TrialKernel;
beforeAll(async () => {
  const found = (await shippedTrialKernels()).find(({ name }) => name === 'square-minus-13');
  if (found === undefined) throw new Error('there is no kernel square-minus-13');
  square = found;
});

test('there are at least twelve, each with an id of its own', () => {
  const ids = new Set(faults.map(({ id }) => id));
  expect(ids.size).toBe(faults.length);
  expect(ids.size).toBeGreaterThanOrEqual(12);
});

test('the catalog finds none of them', async () => {
  const ids = (await shippedStrategies()).map(({ id }) => id);
  for (const fault of faults) {
    expect(ids).not.toContain(fault.id);
    await expect(findStrategies([fault.id])).rejects.toThrow('there is no strategy');
  }
});

describe('the contract test sees', { timeout: 30_000 }, () => {
  test.each(faults.filter(({ fatal }) => fatal === undefined).map(({ id }) => id))('%s', async (id) => {
    const problems = await problemsOf(conform(faultyEntry(id), { kernels: [square], deadlineMs: 500 }));
    expect(problems).not.toEqual([]);
  });

  test.each([
    ['blocks-for-ever', 'it blocked its process'],
    ['ends-its-process', 'its process ended (exit code 3)'],
  ])('%s, from outside its process', { timeout: 60_000 }, async (id, problem) => {
    const results: CaseResult[] = [];
    const { module } = faultyEntry(id);
    await testIsolated(module, { deadlineMs: 500, onResult: (result) => results.push(result) });
    expect(results.at(-1)).toMatchObject({ status: 'failed', problem: expect.stringContaining(problem) });
  });
});

describe.concurrent('a cell that measures it comes to no figure', () => {
  // Small integers, short calls: what hides most faults, and what is measured most.
  test.each(
    faults.map((fault, index) => [fault.id, fault.outcome, index % 2 === 0 ? 'lists' : 'columns'] as const),
  )('%s: %s (%s)', { timeout: 60_000 }, async (id, status, from) => {
    const { module } = faultyEntry(id);
    const order = orderFor(module, from, status === 'limit' ? 1_500 : 40_000);
    const outcome = await processExecutor().run(order, new AbortController().signal);
    expect({ ...outcome, oneShot: undefined }).toMatchObject({ status });
  });
});

async function problemsOf(results: AsyncIterable<CaseResult>): Promise<string[]> {
  const problems: string[] = [];
  for await (const result of results) if (result.status === 'failed') problems.push(result.problem);
  return problems;
}

function orderFor(module: string, from: Form, limitMs: number): CellOrder {
  return {
    cell: 'c1',
    label: 'faulty',
    strategy: { module, options: {} },
    kernel: square.ref,
    from,
    data: { kind: 'generated', spec: { keys: 6, length: 50, skew: 'equal', values: 'ints', seed: 1 } },
    workers: 1,
    chunk: 'balanced',
    sampling: quickSampling,
    limitMs,
    heapMegabytes: 512,
    verify: true,
  };
}
