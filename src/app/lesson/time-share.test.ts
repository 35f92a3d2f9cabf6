import { describe, expect, test } from 'vitest';
import { simulatedPlan } from '../../../test/support/simulated/plan.js';
import type { Family } from '../../contract/strategy.js';
import { shareMs } from './lesson.js';

/** A part with one cell per family. */
function part(...families: readonly Family[]) {
  const strategies = families.map((family, i) => ({ label: `s${i}`, family, compute: () => 1e6 }));
  return simulatedPlan({ strategies, sweeps: [{}] });
}

const light = await part('serial', 'vectorized');
const heavy = await part('threads', 'external');

describe('the time of a part', () => {
  test('is its share of what is left; what starts workers or a program counts twice', () => {
    expect(shareMs([light, heavy], { quick: true, elapsedMs: 18_000 })).toBeCloseTo(20_000);
    expect(shareMs([heavy, light], { quick: true, elapsedMs: 18_000 })).toBeCloseTo(40_000);
  });

  test('of the last one is all that is left, and never less than none', () => {
    expect(shareMs([light], { quick: false, elapsedMs: 200_000 })).toBe(20_000);
    expect(shareMs([light], { quick: false, elapsedMs: 300_000 })).toBe(0);
  });

  test('of a part without a runnable cell is none', async () => {
    expect(shareMs([await part()], { quick: false, elapsedMs: 0 })).toBe(0);
  });
});
