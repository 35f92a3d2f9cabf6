import { describe, expect, it } from 'vitest';
import { madeUpRuns } from '../../test/support/made-up-runs.js';
import { analysed, example, workPerItem } from '../../test/support/report-runs.js';
import { analyse } from './analyse.js';

describe('calls that a timeline is drawn from', () => {
  it('hold no part beyond their whole, for one scale of time, whatever the run', () => {
    let seen = 0;
    for (const [, results] of madeUpRuns) {
      for (const { calls } of analyse(results, { draws: 50 }).calls) {
        for (const { callNs, lanes, kind, meanNs } of calls) {
          for (const [, from, to] of lanes.flatMap(({ spans }) => spans)) {
            expect(from).toBeGreaterThanOrEqual(0);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(callNs * (1 + 1e-9));
            seen++;
          }
          if (kind === 'split') expect(callNs).toBe(meanNs);
        }
      }
    }
    expect(seen).toBeGreaterThan(50);
  });

  it('are of the loop, the best on each side and the one to take; who has none is named', () => {
    const { calls, decision } = analysed({
      strategies: [example('for-loop'), example('wasm-simd'), example('worker-threads')],
    });
    const largest = calls.find(({ place }) => place === 'largest');
    const { use, oneThread, pool } = decision.situations[1].largest;
    expect(largest?.calls.map(({ strategy }) => strategy)).toEqual([
      ...new Set(['for-loop', oneThread?.strategy, use].filter((name) => name !== pool?.strategy)),
    ]);
    // Nothing was traced of it.
    expect(largest?.without).toEqual(['worker-threads']);
  });

  it('stand next to the border, too, where there is one', () => {
    const { calls, decision } = analysed({
      strategies: workPerItem,
      sweeps: [{ keys: [16], length: [10], cost: [1, 4, 16, 64, 256, 1_024] }],
    });
    const border = decision.situations.find(({ situation }) => situation === 'server')?.borders[0];
    expect(border).toBeDefined();
    const beside = calls.find(({ place }) => place === 'border');
    expect([border?.upTo, border?.from]).toContainEqual(beside?.point);
  });

  it('split a single thread into computing, which takes as long in place, and new memory', () => {
    const { calls } = analysed({ strategies: [example('for-loop')] });
    const [{ lanes, callNs }] = calls[0].calls;
    const [first, ...rest] = lanes[0].spans;
    expect(first[0]).toBe('compute');
    expect(rest.at(-1)?.[2] ?? first[2]).toBeCloseTo(callNs, 3);
  });
});
