import { describe, expect, it } from 'vitest';
import { type StrategyModel, type SyntheticRun, syntheticResults } from '../../test/support/synthetic.js';
import { bestOf } from './best.js';
import { tableOf } from './table.js';

const model = (label: string, family: StrategyModel['family'], perElementNs: number): StrategyModel => ({
  label,
  family,
  importNs: 0,
  compute: ({ elements }) => perElementNs * elements,
});

const loop = model('for-loop', 'serial', 10);
const sweeps = [{ keys: [4, 8, 16, 32] }];

function answers(run: Omit<SyntheticRun, 'sweeps'>) {
  const table = tableOf(syntheticResults({ sweeps, ...run }), 2);
  return bestOf(
    table.points.map((point) => table.at('warm', point)),
    table.header,
  );
}

describe('comparisons with the best', () => {
  it('name the side, the set and the loss where two pools cannot be told apart', () => {
    const strategies = [
      loop,
      model('worker-threads', 'threads', 5),
      model('child-process', 'processes', 5.02),
    ];
    for (const best of answers({ strategies, noise: { cell: 0.03 }, rounds: 12 })) {
      expect(best?.side).toBe('pool');
      expect([...(best?.mayBeBest ?? [])].sort()).toEqual(['child-process', 'worker-threads']);
      expect(best?.loss).toBeGreaterThan(0);
      expect(best?.loss).toBeLessThan(0.15);
    }
  });

  it('cost nothing where the named one surely is the best', () => {
    const strategies = [loop, model('wasm-simd', 'vectorized', 5), model('worker-threads', 'threads', 50)];
    for (const best of answers({ strategies })) {
      expect(best).toEqual({ side: 'one thread', named: 'wasm-simd', mayBeBest: ['wasm-simd'], loss: 0 });
    }
  });

  it('name no side and no loss below four rounds', () => {
    for (const best of answers({ strategies: [loop, model('worker-threads', 'threads', 5)], rounds: 3 })) {
      expect(best).toEqual({ named: 'worker-threads', mayBeBest: ['for-loop', 'worker-threads'] });
    }
  });

  it('hold the true loss, and the true best in their set, in 95 of 100 points', () => {
    const strategies = [loop, model('typed-array', 'vectorized', 10), model('wasm-simd', 'vectorized', 10.4)];
    let [held, kept, all] = [0, 0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      for (const best of answers({ strategies, seed, rounds: 4, noise: { cell: 0.03 } })) {
        const truth = best?.named === 'wasm-simd' ? 0.04 : 0;
        all++;
        if ((best?.loss ?? 0) >= truth - 1e-9) held++;
        if (best?.mayBeBest.includes('for-loop') || best?.mayBeBest.includes('typed-array')) kept++;
      }
    }
    expect(held / all).toBeGreaterThan(0.93);
    expect(kept / all).toBeGreaterThan(0.95);
  });
});
