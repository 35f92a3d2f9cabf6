import { describe, expect, test } from 'vitest';
import { readyStrategy } from '../measure/preflight/programs.js';
import { pluginsOf } from '../plugins/external/program.js';
import { pluginFiles } from '../plugins/find.js';
import { packageHref } from '../plugins/module.js';
import { findStrategies, shippedPrograms, shippedStrategies, strategyEntries } from '../plugins/strategy.js';
import { conform } from './conform.js';
import { shippedTrialKernels } from './subject.js';

const folder = new URL('strategies/overheads/', packageHref);
const modules = pluginFiles(folder);
const programs = pluginsOf(new URL('python/program.json', folder).href);
const entries = (
  await Promise.all([...modules, ...programs].map(({ module }) => strategyEntries(module)))
).flat();
const kernels = await shippedTrialKernels();

test('there are some, they are found by folder and id, and take no part unasked', async () => {
  expect(entries.length).toBeGreaterThan(12);
  const listed = [...(await shippedStrategies()), ...(await shippedPrograms())].map(({ module }) => module);
  expect(entries.filter(({ module }) => listed.includes(module))).toEqual([]);
  const found = await findStrategies(['overheads/fork[serialization=advanced]', 'overheads/python:pickle']);
  expect(found.map(({ label }) => label)).toEqual(['fork[serialization=advanced]', 'python-pickle']);
  await expect(findStrategies(['overheads/frok'])).rejects.toThrow('overheads/frok does not exist');
});

describe.each(entries.map((entry) => [entry.label, entry] as const))('%s', (_, asked) => {
  test('keeps the contract with the identity, and supports no other kernel', {
    timeout: 120_000,
  }, async (context) => {
    const { entry, needs } = await readyStrategy(asked, kernels[0].ref);
    context.skip(needs !== undefined, `needs ${needs}`);
    const failed: string[] = [];
    const skipped = new Set<string>();
    let passed = 0;
    for await (const result of conform(entry, { kernels, workers: 2, deadlineMs: 30_000 })) {
      if (result.status === 'failed') failed.push(`${result.case}: ${result.problem}`);
      if (result.status === 'skipped') skipped.add(result.case);
      if (result.status === 'passed') passed++;
    }
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(40);
    const others = kernels.filter(({ name }) => name !== 'identity').map(({ name }) => name);
    expect(others.filter((name) => !skipped.has(name))).toEqual([]);
  });
});
