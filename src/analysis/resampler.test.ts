import { describe, expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { estimateOf, percentileInterval } from './estimate.js';
import { resampler } from './resampler.js';
import { pairedDifference } from './round-logs.js';

const random = seededRandom(5);
const logs = (mean: number, rounds: number) =>
  Float64Array.from({ length: rounds }, () => mean + 0.1 * random.normal());

describe('the resampler', () => {
  it('has the closed t interval as its percentiles, for a cell and for a pair', () => {
    const [a, b] = [logs(1, 5), logs(2, 5)];
    const many = resampler(1, 5, 100_000);
    const [drawsA, drawsB] = [many.draws(a) ?? a, many.draws(b) ?? b];
    const alone = percentileInterval(drawsA);
    const pair = percentileInterval(drawsB.map((log, draw) => log - drawsA[draw]));
    expect(Math.exp(alone.low)).toBeCloseTo(estimateOf(a).interval?.low ?? 0, 2);
    expect(Math.exp(pair.high)).toBeCloseTo(estimateOf(pairedDifference(b, a)).interval?.high ?? 0, 1);
  });

  it('keeps what a round did to two cells together', () => {
    const shared = logs(0, 8);
    const [a, b] = [shared.map((log) => log + 1), shared.map((log) => log + 2)];
    const { draws } = resampler(1, 8, 50);
    const [drawsA, drawsB] = [draws(a) ?? a, draws(b) ?? b];
    expect(drawsA.every((log, draw) => Math.abs(drawsB[draw] - log - 1) < 1e-9)).toBe(true);
  });

  it('takes a cell with the rounds that it has', () => {
    const holes = Float64Array.of(1, Number.NaN, 1.1, 1.2, Number.NaN, 1.1);
    const interval = percentileInterval(resampler(1, 6, 20_000).draws(holes) ?? holes);
    expect(Math.exp(interval.low)).toBeCloseTo(estimateOf(holes).interval?.low ?? 0, 1);
    expect(resampler(1, 6, 10).draws(Float64Array.of(1))).toBeUndefined();
  });
});

describe('the t interval of log times', () => {
  it.each([4, 8])('covers the truth in about 95 %% of runs of %i rounds', (rounds) => {
    let held = 0;
    for (let run = 0; run < 2000; run++) {
      const { interval } = estimateOf(logs(1, rounds));
      if (interval && interval.low <= Math.E && Math.E <= interval.high) held++;
    }
    expect(held / 2000).toBeGreaterThan(0.935);
    expect(held / 2000).toBeLessThan(0.965);
  });
});
