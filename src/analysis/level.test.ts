import { describe, expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { estimateOfLevel, levelOf, limitsOf, pBelow, ratioLevel } from './level.js';
import type { Noisy } from './noise.js';
import type { SlowMode } from './slow-mode.js';

const quiet = Float64Array.of(0.01, -0.01, 0.005, -0.005);

function noisy(mode: SlowMode, logs = quiet): Noisy {
  return { logs, noise: { mode, cells: new Map([['here', { logs }]]) } };
}

describe('the level of a cell', () => {
  it('is the mean over all processes, slow ones in the share that the strategy has of them', () => {
    const mode = { slow: 5, processes: 50, by: 0.6, byError: 0.01 };
    const logs = Float64Array.of(0.01, -0.01, 0.61, 0);
    const entry = { ...noisy(mode, logs), slowRounds: [false, false, true, false] };
    expect(levelOf(entry).mean).toBeCloseTo(0.06);
    expect(levelOf(entry).rounds).toBe(4);
  });

  it('may be larger by what was not seen yet, and not smaller', () => {
    const unseen = noisy({ slow: 0, processes: 28, by: 0.64, byError: 0 });
    const [plain, wary] = [limitsOf(levelOf({ logs: quiet }), 0.025), limitsOf(levelOf(unseen), 0.025)];
    expect(wary.low).toBe(plain.low);
    // Three in 28 at most, each by 0.64.
    expect(wary.high).toBeGreaterThan(0.06);
    expect(wary.high).toBeLessThan(0.075);
    const many = noisy({ slow: 0, processes: 400, by: 0.64, byError: 0 });
    expect(limitsOf(levelOf(many), 0.025).high).toBeLessThan(plain.high + 0.005);
  });

  it('is not surely below what its slow mode may reach', () => {
    const unseen = noisy({ slow: 0, processes: 28, by: 0.64, byError: 0 });
    expect(pBelow(levelOf({ logs: quiet }), 0.05)).toBeLessThan(0.02);
    expect(pBelow(levelOf(unseen), 0.05)).toBeGreaterThan(0.05);
    expect(pBelow(levelOf(unseen), 0.3)).toBeLessThan(0.01);
    expect(pBelow(levelOf(unseen), -0.01)).toBe(1);
  });

  it('has a p that agrees with its interval', () => {
    const level = levelOf(noisy({ slow: 3, processes: 30, by: 0.64, byError: 0.05 }));
    for (const tail of [0.1, 0.025, 0.005]) {
      expect(pBelow(level, limitsOf(level, tail).high) / (2 * tail)).toBeCloseTo(1, 1);
    }
  });

  it('turns round with its ratio', () => {
    const pool = noisy({ slow: 3, processes: 30, by: 0.64, byError: 0.05 });
    const loop = { logs: Float64Array.of(0.1, 0.11, 0.09, 0.1) };
    const [a, b] = [ratioLevel(pool, loop), ratioLevel(loop, pool)].map((level) => limitsOf(level, 0.025));
    expect(a.low).toBeCloseTo(-b.high);
    expect(a.high).toBeCloseTo(-b.low);
  });

  it('holds the truth as often as it says, with a slow mode in one process of ten', () => {
    const random = seededRandom(4);
    const [share, by] = [0.1, 0.64];
    let [held, all] = [0, 0];
    for (let run = 0; run < 400; run++) {
      // What 30 other processes of the strategy showed, and four of this cell, all fast.
      const slow = Array.from({ length: 34 }, () => random.uniform()).filter((x) => x < share).length;
      if (slow === 0) continue;
      const logs = Float64Array.from({ length: 4 }, () => 0.03 * random.normal());
      const { interval } = estimateOfLevel(levelOf(noisy({ slow, processes: 34, by, byError: 0 }, logs)));
      all++;
      if (Math.log(interval?.low ?? 1) <= share * by && share * by <= Math.log(interval?.high ?? 1)) held++;
    }
    expect(held / all).toBeGreaterThan(0.92);
  });
});
