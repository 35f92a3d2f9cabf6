import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toForm } from '../dictionary/columns.js';
import { reference } from '../measure/cell/expected.js';
import {
  type LoadedStrategy,
  shippedPeers,
  shippedStrategies,
  strategyEntries,
} from '../plugins/strategy.js';
import { Census } from './census.js';
import { conform } from './conform.js';
import { Answers, trySession } from './session-case.js';
import { openFor, ownListKernel, type Subject, shippedTrialKernels, supportFor } from './subject.js';

/** Generous: other tests run on the same cores. A call that hangs is reported all the same. */
const deadlineMs = 30_000;

const kernels = [...(await shippedTrialKernels()), await ownListKernel()];
const host = { usableCores: 2, nodeVersion: process.version.slice(1) };

// Other people's pools are tested where they are installed.
const peers = (await shippedPeers()).filter((strategy) =>
  kernels.some((trial) => supportFor({ strategy, host }, trial) === true),
);
const entries = (
  await Promise.all([...(await shippedStrategies()), ...peers].map(({ module }) => strategyEntries(module)))
).flat();

const plainest = ['square-minus-13', 'sum'];

function isDefault({ strategy, options }: LoadedStrategy): boolean {
  return Object.entries(strategy.options ?? {}).every(([name, [first]]) => options[name] === first);
}

describe.each(entries.map((entry) => [entry.label, entry] as const))('%s', (_, entry) => {
  test('keeps the contract in both forms, with every kernel that it supports', {
    timeout: 120_000,
  }, async () => {
    const failed: string[] = [];
    let passed = 0;
    // Opening processes takes most of the time: a second way to serialize meets the plainest kernels only.
    const tried = isDefault(entry) ? kernels : kernels.filter(({ name }) => plainest.includes(name));
    for await (const result of conform(entry, { kernels: tried, workers: 2, deadlineMs })) {
      if (result.status === 'failed') failed.push(`${result.case}: ${result.problem}`);
      if (result.status === 'passed') passed++;
    }
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(60);
  });

  test('answers any dictionary in one session', { timeout: 120_000 }, async () => {
    const census = new Census();
    const subject: Subject = { strategy: entry, workers: 2, deadlineMs, census, host };
    const trial = kernels.find(
      (each) => each.name === 'square-minus-13' && supportFor(subject, each) === true,
    );
    if (trial === undefined) throw new Error(`${entry.label} does not support square-minus-13`);
    const { session, close } = await openFor(subject, trial);
    const answers = new Answers(trial);
    try {
      await fc.assert(
        fc.asyncProperty(
          dictionaries,
          fc.constantFrom('lists' as const, 'columns' as const),
          async (lists, form) => {
            const input = toForm(lists, form);
            const expected = await reference(trial.check, input);
            await trySession({ session, answers, input, expected, deadlineMs });
          },
        ),
        { numRuns: 20, seed: 1 },
      );
    } finally {
      await close();
      await census.end();
    }
  });
});

const dictionaries = fc
  .uniqueArray(
    fc.tuple(fc.string({ maxLength: 3 }), fc.array(fc.oneof(fc.double(), fc.integer()), { maxLength: 20 })),
    {
      selector: ([key]) => key,
      maxLength: 12,
    },
  )
  .map((lists) => new Map(lists));
