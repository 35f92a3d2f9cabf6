import { describe, expect, it } from 'vitest';
import type { Planner, RunState } from '../../../src/measure/measure.js';
import type { StrategyModel } from '../synthetic.js';
import { simulatedClock } from './clock.js';
import { type Disturbance, processLuck } from './disturbance.js';
import { simulatedExecutor } from './executor.js';
import { simulatedPlan } from './plan.js';
import { simulate } from './run.js';

const strategy = (
  label: string,
  family: StrategyModel['family'],
  compute: StrategyModel['compute'],
): StrategyModel => ({ label, family, importNs: 0, compute });

const strategies = [
  strategy('for-loop', 'serial', ({ keys }) => 10_000 * keys),
  strategy('worker-threads', 'threads', ({ keys }) => 400_000 + 4_000 * keys),
];
const run = { strategies, sweeps: [{ keys: [8, 64, 512] }], rounds: 3, seed: 7 };

/** Every cell of every round in the header's order: measure may not import a planner. */
const plainRounds: Planner = {
  left: () => [],
  next: ({ header, records }: RunState) => {
    const round = records.length / header.cells.length;
    return round >= header.rounds
      ? { kind: 'stop', because: ['All rounds are done.'] }
      : { kind: 'measure', turns: header.cells.map(({ id }) => ({ cell: id, round })) };
  },
};

describe('a simulated run', () => {
  it('goes through the real plan, measure and journal to a finished results file', async () => {
    const { header, records, end } = await simulate({ run, disturbance: {}, planner: plainRounds });
    expect(header.cells).toHaveLength(6);
    expect(records).toHaveLength(18);
    expect(end).toMatchObject({ status: 'finished', because: ['All rounds are done.'] });
    expect(records.every(({ outcome }) => outcome.status === 'measured')).toBe(true);
  });

  it('gives the same results for the same seed, and others for another', async () => {
    const disturbed = (seed: number) =>
      simulate({ run: { ...run, seed }, disturbance: { process: 0.1 }, planner: plainRounds });
    expect(await disturbed(3)).toEqual(await disturbed(3));
    expect((await disturbed(3)).records).not.toEqual((await disturbed(4)).records);
  });

  it('takes simulated time alone: records follow one another without a gap', async () => {
    const { records, end } = await simulate({ run, disturbance: {}, planner: plainRounds });
    let clockMs = 0;
    for (const { startedMs, elapsedMs } of records) {
      expect(startedMs).toBeCloseTo(clockMs);
      expect(elapsedMs).toBeGreaterThan(120);
      clockMs += elapsedMs;
    }
    expect(end?.elapsedMs).toBeCloseTo(clockMs);
  });

  it('makes a bound of a session that does not finish within its limit, and does not try it again', async () => {
    const slow = strategy('child-process', 'processes', () => 5e9);
    const limited = { ...run, strategies: [slow], limitMs: 1_000 };
    const { records } = await simulate({ run: limited, disturbance: {}, planner: plainRounds });
    expect(records[0].outcome).toMatchObject({ status: 'limit', boundNs: 1e9 });
    expect(records[3].outcome).toMatchObject({ status: 'skipped' });
  });
});

describe('a disturbance', () => {
  const place = { seed: 1, cell: 'c1', round: 0, nowMs: 0 };
  const slowOf = (disturbance: Disturbance, at: Partial<typeof place> = {}) =>
    processLuck(disturbance, { ...place, ...at }).luck.time('warm');

  it('is nothing unless asked for', () => {
    expect(slowOf({})).toBe(0);
  });

  it('depends on seed, cell, round and time, and never on what was drawn before', () => {
    const of = (at: Partial<typeof place>) => slowOf({ process: 0.1 }, at);
    expect(of({})).toBe(of({}));
    expect(new Set([of({}), of({ seed: 2 }), of({ cell: 'c2' }), of({ round: 1 })]).size).toBe(4);
  });

  it('adds drift, first round and a machine that slows down', () => {
    const slow = (disturbance: Disturbance, nowMs: number, round = 1) =>
      slowOf(disturbance, { nowMs, round });
    expect(slow({ drift: { by: 0.2, overMs: 100 } }, 50)).toBeCloseTo(0.1);
    expect(slow({ drift: { by: 0.2, overMs: 100 } }, 900)).toBeCloseTo(0.2);
    expect(slow({ firstRound: 0.3 }, 0, 0)).toBeCloseTo(0.3);
    expect(slow({ firstRound: 0.3 }, 0)).toBe(0);
    expect(slow({ slowsDown: { by: 0.5, atMs: 10 } }, 9)).toBe(0);
    expect(slow({ slowsDown: { by: 0.5, atMs: 10 } }, 10)).toBe(0.5);
  });

  it('of one strategy stands in place of the one for all', () => {
    const disturbance = {
      process: 0.1,
      byStrategy: { 'worker-threads': { slowMode: { share: 1, by: 0.6 } } },
    };
    const of = (strategy: string) => processLuck(disturbance, { ...place, strategy }).luck.time('warm');
    expect(of('worker-threads')).toBe(0.6);
    expect(of('for-loop')).toBe(slowOf({ process: 0.1 }));
  });

  it('puts the asked share of processes into the slow mode', () => {
    const slow = Array.from({ length: 2_000 }, (_, round) =>
      slowOf({ slowMode: { share: 0.2, by: 0.15 } }, { round }),
    ).filter((log) => log > 0).length;
    expect(slow / 2_000).toBeGreaterThan(0.17);
    expect(slow / 2_000).toBeLessThan(0.23);
  });
});

describe('a simulated executor', () => {
  it('says which strategy has no model', async () => {
    const clock = simulatedClock();
    const executor = simulatedExecutor({ models: [], disturbance: {}, clock, seed: 1 });
    const order = (await simulatedPlan(run)).order('c1');
    expect(await executor.run(order, new AbortController().signal)).toEqual({
      status: 'crashed',
      message: 'there is no model of for-loop',
    });
  });
});
