import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { madeUpRequest } from '../../../test/support/made-up-plan.js';
import { findKernel } from '../../plugins/kernel.js';
import { findStrategies } from '../../plugins/strategy.js';
import { makePlan } from '../plan.js';
import { profileCell } from './profile.js';
import { type CpuProfile, computeSelfTimes } from './self-times.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-profile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { signal } = new AbortController();

async function orderOf(strategy: string) {
  const kernel = await findKernel('square-minus-13');
  const plan = await makePlan(
    madeUpRequest({
      kernel: { ...kernel, options: kernel.plugin.options },
      strategies: await findStrategies([strategy]),
      scenario: { ...madeUpRequest().scenario, sweeps: [{ keys: [4], length: [50_000] }] },
    }),
  );
  return plan.order(plan.runnable[0].id);
}

describe('a profile of a cell', { timeout: 60_000 }, () => {
  it.each(['for-loop', 'worker-threads', 'child-process'])(
    'sees the kernel at work in %s',
    async (strategy) => {
      const profile = await profileCell(await orderOf(strategy), 'warm', join(folder, strategy), signal);
      if (profile.kind === 'failed') throw new Error(profile.message);
      expect(profile.calls).toBeGreaterThan(1);
      const kernel = profile.selfTimes.filter(({ url }) => url.endsWith('/square-minus-13.js'));
      expect(kernel.length).toBeGreaterThan(0);
      expect(kernel.every(({ line }) => line > 0)).toBe(true);
      // The workers, too: they are where it computes.
      expect(profile.profiles.length).toBeGreaterThanOrEqual(strategy === 'for-loop' ? 1 : 2);
    },
  );

  it('tells why there is none', async () => {
    const order = await orderOf('for-loop');
    const missing = { ...order, strategy: { ...order.strategy, module: 'file:///nowhere.mjs' } };
    expect(await profileCell(missing, 'warm', join(folder, 'missing'), signal)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('nowhere.mjs'),
    });
  });
});

describe('self times', () => {
  const frame = (functionName: string, lineNumber = 4) => ({
    functionName,
    url: 'file:///a.mjs',
    lineNumber,
  });
  const profile: CpuProfile = {
    nodes: [
      { id: 1, callFrame: { functionName: '(root)', url: '', lineNumber: -1 } },
      { id: 2, callFrame: frame('hot') },
      { id: 3, callFrame: frame('', 9) },
      { id: 4, callFrame: { functionName: '(idle)', url: '', lineNumber: -1 } },
      { id: 5, callFrame: { functionName: '(garbage collector)', url: '', lineNumber: -1 } },
    ],
    startTime: 1_000,
    samples: [2, 2, 3, 4, 5, 2],
    timeDeltas: [0, 100, 100, 100, 100, 100],
  };

  it('last from one sample to the next, within the window; waiting is none', () => {
    expect(computeSelfTimes([profile], { fromUs: 1_100, toUs: 1_500 })).toEqual([
      { name: 'hot', url: 'file:///a.mjs', line: 5, ns: 100_000, samples: 1 },
      { name: '(anonymous)', url: 'file:///a.mjs', line: 10, ns: 100_000, samples: 1 },
      { name: '(garbage collector)', url: '', line: 0, ns: 100_000, samples: 1 },
    ]);
  });

  it('add up over threads', () => {
    const [hot] = computeSelfTimes([profile, profile], { fromUs: 0, toUs: 2_000 });
    expect(hot).toMatchObject({ name: 'hot', ns: 400_000, samples: 6 });
  });
});
