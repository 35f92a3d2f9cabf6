import { describe, expect, it } from 'vitest';
import { readHost } from '../../src/measure/host.js';
import { processLuck } from '../../test/support/simulated/disturbance.js';
import {
  deviationsByPoint,
  type PoolDraw,
  poolNoiseText,
  poolPoints,
  poolStrategies,
  readPoolNoise,
} from './recorded.js';

/** Every third process of the first strategy takes twice as long. */
const draws: readonly PoolDraw[] = (['quiet', 'busy'] as const).flatMap((condition) =>
  poolStrategies.flatMap((strategy, which) =>
    poolPoints.flatMap((_, point) =>
      Array.from({ length: 60 }, (_, round) => ({
        condition,
        strategy,
        point,
        round,
        ns: { 'one-shot': 1e8, warm: 1e6 * (which === 0 && round % 3 === 0 ? 2 : 1) },
      })),
    ),
  ),
);
const text = poolNoiseText(draws, { host: readHost(), startedAt: '2026-01-01T00:00:00.000Z' });

describe('recorded processes of pools', () => {
  const byPoint = deviationsByPoint(readPoolNoise(text), 'quiet', poolStrategies[0], 'warm');

  it('are kept as deviations whose mean is 0, for each point, in a small text', () => {
    expect(byPoint).toHaveLength(poolPoints.length);
    for (const rounds of byPoint) {
      expect(rounds).toHaveLength(60);
      expect(rounds.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 9);
      expect(Math.max(...rounds) - Math.min(...rounds)).toBeCloseTo(Math.log(2), 2);
    }
    expect(text.length).toBeLessThan(1e5);
  });

  it('are what simulated processes draw from, slow ones as often as they were', () => {
    const disturbance = { byStrategy: { pool: { drawn: byPoint } } };
    const lucks = Array.from({ length: 600 }, (_, round) =>
      processLuck(disturbance, { seed: 1, cell: 'c1', round, nowMs: 0, strategy: 'pool' }).luck.time('warm'),
    );
    const slow = lucks.filter((log) => log > 0.2).length;
    expect(slow / lucks.length).toBeCloseTo(1 / 3, 1);
  });

  it('of another format are refused', () => {
    expect(() => readPoolNoise('{"format":"x"}')).toThrow('breakeven-pool-noise');
  });
});
