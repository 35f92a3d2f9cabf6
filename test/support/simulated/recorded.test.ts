import { describe, expect, it } from 'vitest';
import type { Planner, RunState } from '../../../src/measure/measure.js';
import type { StrategyModel } from '../synthetic.js';
import { processLuck } from './disturbance.js';
import { type RecordedProcess, type RecordedRounds, recordedProcess } from './recorded.js';
import { simulate } from './run.js';

/** Its warm time tells which one it is: round, length, process. */
function process(warm: number): RecordedProcess {
  const time = { 'one-shot': 0.2, warm, resident: -0.1 };
  return { time, cpu: { 'one-shot': 0.3, warm: 0.05, resident: 0 }, peak: 0.5 };
}

const rounds: RecordedRounds = [0, 1, 2, 3, 4].map((round) =>
  [0, 1, 2].map((length) => [0, 1].map((one) => process(round + length / 10 + one / 100))),
);
const noise = { rounds, cellSeed: 7 };
const warmOf = (seed: number, cell: string, round: number) =>
  recordedProcess(noise, { seed, cell, round }).time.warm;
const roundOf = (warm: number) => Math.floor(warm + 1e-9);
const lengthOf = (warm: number) => Math.floor(10 * (warm - roundOf(warm)) + 1e-9);

describe('a recorded process', () => {
  it('comes from rounds that follow one another as they were recorded, around the end', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const first = roundOf(warmOf(seed, 'base:c1', 0));
      const seen = [0, 1, 2, 3, 4, 5, 6, 7].map((round) => roundOf(warmOf(seed, 'base:c1', round)));
      expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((round) => (first + round) % 5));
      expect(roundOf(warmOf(seed, 'head:c9', 0))).toBe(first);
    }
  });

  it('cannot be drawn where no round was recorded, and says so', () => {
    const none = () => recordedProcess({ rounds: [], cellSeed: 7 }, { seed: 1, cell: 'base:c1', round: 0 });
    expect(none).toThrow('the recorded noise has no rounds');
  });

  it('is of one length for all rounds and both sides of a cell', () => {
    const cells = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((cell) =>
      [0, 1, 2, 3].flatMap((round) => ['base', 'head'].map((side) => warmOf(3, `${side}:${cell}`, round))),
    );
    for (const warm of cells) expect(new Set(warm.map(lengthOf)).size).toBe(1);
    expect(new Set(cells.map(([warm]) => lengthOf(warm))).size).toBeGreaterThan(1);
  });

  it('is never the same on both sides, and either may come first', () => {
    const signs = Array.from({ length: 200 }, (_, seed) =>
      Math.sign(warmOf(seed, 'head:c1', 0) - warmOf(seed, 'base:c1', 0)),
    );
    expect(new Set(signs)).toEqual(new Set([-1, 1]));
    expect(Math.abs(signs.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(60);
  });

  it('starts elsewhere with another seed', () => {
    const starts = Array.from({ length: 50 }, (_, seed) => roundOf(warmOf(seed, 'c1', 0)));
    expect(new Set(starts).size).toBe(5);
  });
});

describe('a simulated run of recorded processes', () => {
  const loop: StrategyModel = {
    label: 'typed-array',
    family: 'vectorized',
    importNs: 0,
    place: () => 1e6,
    compute: () => 1e6,
    collect: () => 1e6,
  };
  const once: Planner = {
    left: () => [],
    next: ({ header, records }: RunState) =>
      records.length > 0
        ? { kind: 'stop', because: [] }
        : { kind: 'measure', turns: header.cells.map(({ id }) => ({ cell: id, round: 0 })) },
  };
  const one = { rounds: [[[process(0.1)]]], cellSeed: 1 };

  it('has each account, its CPU time and the memory of its process', async () => {
    const run = { strategies: [loop], sweeps: [{ keys: [8] }] };
    const exact = await simulate({ run, disturbance: {}, planner: once });
    const { records } = await simulate({ run, disturbance: { recorded: one }, planner: once });
    const [was, is] = [exact.records[0].outcome, records[0].outcome];
    if (was.status !== 'measured' || is.status !== 'measured') throw new Error('not measured');
    expect(Math.log((is.oneShot?.totalNs ?? 0) / (was.oneShot?.totalNs ?? 0))).toBeCloseTo(0.2);
    expect(Math.log((is.oneShot?.cpuNs ?? 0) / (was.oneShot?.cpuNs ?? 0))).toBeCloseTo(0.3);
    expect(new Set(is.warm?.samplesNs)).toEqual(new Set([Number((3e6 * Math.exp(0.1)).toPrecision(7))]));
    expect(Math.log((is.warm?.cpuNs ?? 0) / (was.warm?.cpuNs ?? 0))).toBeCloseTo(0.05);
    expect(is.resident).toMatchObject({ status: 'measured' });
    expect(Math.log(is.peakBytes / was.peakBytes)).toBeCloseTo(0.5);
  });

  it('slows down with the machine besides', () => {
    const moment = { seed: 1, cell: 'c1', round: 0, nowMs: 50 };
    const disturbance = { recorded: one, slowsDown: { by: 0.7, atMs: 50 } };
    expect(processLuck(disturbance, moment).luck.time('warm')).toBeCloseTo(0.8);
  });
});
