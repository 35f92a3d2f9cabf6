import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { simulatedPlan } from '../../test/support/simulated/plan.js';
import { exampleRun, syntheticResults } from '../../test/support/synthetic.js';
import { expectedMs, knownPrices, rememberPrices } from './known-prices.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-prices-'));
const before = process.env.BREAKEVEN_CACHE;
beforeAll(() => {
  process.env.BREAKEVEN_CACHE = folder;
});
afterAll(() => {
  if (before === undefined) delete process.env.BREAKEVEN_CACHE;
  else process.env.BREAKEVEN_CACHE = before;
  rmSync(folder, { recursive: true });
});

it('a run takes as long as the one before it; its first round costs what whole rounds did', async () => {
  const plan = await simulatedPlan({ ...exampleRun, rounds: 4 });
  const [cell] = plan.runnable;
  const [measured] = syntheticResults({ ...exampleRun, rounds: 1 }).records;
  const records = [100, 110, 20, 20].map((elapsedMs, round) => ({
    ...measured,
    ...(round < 2 ? {} : { only: 'resident' as const }),
    cell: cell.id,
    round,
    elapsedMs,
  }));
  const guessMs = expectedMs(plan, knownPrices(plan));
  rememberPrices(plan.header, { status: 'finished', records });
  const prices = knownPrices(plan);
  expect(prices.measured).toBe(1);
  expect(prices.ofMs(cell.id)).toBe(110);
  expect(prices.allRoundsMs(cell.id)).toBe(250);
  expect(expectedMs(plan, prices)).not.toBe(guessMs);
});
