import { describe, expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { type FoundMode, findSlowMode } from './slow-mode.js';

const twice = Math.log(1.9);

interface Kind {
  readonly noise: number;
  readonly share?: number;
  /** Noise that differs from point to point by such a factor, up or down. */
  readonly uneven?: number;
}

/** Log times of 8 points of one strategy, which have nothing in common but their noise. */
function simulate({ noise, share = 0, uneven = 0 }: Kind, rounds: number, seed: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: 8 }, (_, point) => {
    const own = noise * Math.exp(uneven * random.normal());
    return Float64Array.from(
      { length: rounds },
      () => point + own * random.normal() + (random.uniform() < share ? twice : 0),
    );
  });
}

function findMany(kind: Kind, rounds: number): FoundMode[] {
  return Array.from(
    { length: 100 },
    (_, seed) => findSlowMode(simulate(kind, rounds, seed + 1)) ?? [],
  ).flat();
}

describe('a slow mode of processes', () => {
  it.each([0.03, 0.13, 0.22])('is not found in log-normal noise of %s', (noise) => {
    expect(findMany({ noise }, 4).length + findMany({ noise }, 8).length).toBeLessThanOrEqual(2);
  });

  it('is hardly ever found where the noise differs from point to point', () => {
    expect(findMany({ noise: 0.08, uneven: 0.6 }, 8).length).toBeLessThanOrEqual(15);
  });

  it.each([
    [0.03, 0.2],
    [0.08, 0.08],
    [0.13, 0.2],
  ])('is found over noise of %s in %s of the processes, with its size', (noise, share) => {
    const found = findMany({ noise, share }, 8);
    expect(found.length).toBeGreaterThan(75);
    const mean = (of: (one: FoundMode) => number) =>
      found.reduce((sum, one) => sum + of(one), 0) / found.length;
    expect(mean(({ mode }) => mode.by)).toBeCloseTo(twice, 1);
    expect(Math.abs(mean(({ mode }) => mode.slow / mode.processes) - share)).toBeLessThan(0.025);
  });

  it('is found among as many rounds as a run may have', () => {
    // Where each way to part a cell goes over all of its rounds, this is six billion steps.
    const found = findSlowMode(simulate({ noise: 0.03, share: 0.1 }, 10_000, 1));
    expect(found?.mode.processes).toBe(80_000);
    expect(found?.mode.by).toBeCloseTo(twice, 2);
    expect(found?.mode.slow).toBeGreaterThan(7_700);
    expect(found?.mode.slow).toBeLessThan(8_300);
  });

  it('names the very rounds that were slow', () => {
    const cells = simulate({ noise: 0.03 }, 4, 1);
    for (const [cell, round] of [
      [1, 2],
      [4, 0],
      [6, 3],
    ])
      cells[cell][round] += twice;
    const slow = findSlowMode(cells)?.slow.flatMap((rounds, cell) =>
      rounds.flatMap((is, round) => (is ? [[cell, round]] : [])),
    );
    expect(slow).toEqual([
      [1, 2],
      [4, 0],
      [6, 3],
    ]);
  });

  it('is none where nothing was repeated', () => {
    expect(findSlowMode([])).toBeUndefined();
    expect(findSlowMode([Float64Array.of(1), Float64Array.of(2)])).toBeUndefined();
  });
});
