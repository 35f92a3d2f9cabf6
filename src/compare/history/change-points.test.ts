import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../results/random.js';
import { findChangePoints, leastSegment } from './change-points.js';

/** Log times as pools have them: log-normal noise, and a slow mode in 8 % of the values. */
function series(levels: readonly (readonly [count: number, level: number])[], seed: number, noise: number) {
  const random = seededRandom(seed);
  return levels.flatMap(([count, level]) =>
    Array.from({ length: count }, () => {
      const slow = noise > 0.05 && random.uniform() < 0.08 ? Math.log(1.9) : 0;
      return Math.log(level) + noise * random.normal() + slow;
    }),
  );
}

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

/** Where a series of several changes says it, each takes ten times as long. */
const few = seeds.slice(0, 5);

/** In how many of the series a change was found within `near` places of where it is. */
function foundNear(place: number, near: number, make: (seed: number) => number[]): number {
  return seeds.filter((seed) => findChangePoints(make(seed)).some((at) => Math.abs(at - place) <= near))
    .length;
}

describe('change points of a series', () => {
  it('are none in what is too short, constant, or changed in its last values alone', () => {
    expect(findChangePoints([])).toEqual([]);
    expect(findChangePoints([1, 1, 5, 5, 5])).toEqual([]);
    expect(findChangePoints(Array.from({ length: 40 }, () => 2))).toEqual([]);
    expect(findChangePoints([...series([[30, 1]], 1, 0.01), 5, 5])).toEqual([]);
  });

  it.each([0.08, 0.15, 0.22])('are hardly ever found in a flat one with noise of %d', (noise) => {
    const alarms = Array.from({ length: 300 }, (_, seed) =>
      findChangePoints(series([[40, 1]], seed, noise)),
    ).filter((found) => found.length > 0);
    expect(alarms.length).toBeLessThanOrEqual(3);
  });

  it('find a loop that became 3 % slower, at its very commit', () => {
    const make = (seed: number) =>
      series(
        [
          [20, 1],
          [12, 1.03],
        ],
        seed,
        0.007,
      );
    expect(foundNear(20, 1, make)).toBeGreaterThanOrEqual(19);
  });

  it.each([
    [0.08, 1.3, 17],
    [0.15, 1.5, 16],
    [0.22, 2, 17],
  ])('find a pool with noise of %d that became %d times slower', (noise, factor, least) => {
    const make = (seed: number) =>
      series(
        [
          [25, 1],
          [20, factor],
        ],
        seed,
        noise,
      );
    expect(foundNear(25, 2, make)).toBeGreaterThanOrEqual(least);
  });

  it('find a change that was taken back, as two', () => {
    const make = (seed: number) =>
      series(
        [
          [25, 1],
          [10, 1.1],
          [25, 1],
        ],
        seed,
        0.01,
      );
    const both = few.filter((seed) => {
      const found = findChangePoints(make(seed));
      return [25, 35].every((place) => found.some((at) => Math.abs(at - place) <= 1));
    });
    expect(both.length).toBeGreaterThanOrEqual(4);
  });

  it('stay where they are as the series grows beyond a window', () => {
    const long = series(
      [
        [30, 1],
        [90, 1.2],
        [40, 1],
      ],
      7,
      0.02,
    );
    expect(findChangePoints(long)).toEqual([30, 120]);
    expect(findChangePoints(long.slice(0, 60))).toEqual([30]);
  });

  it('leave the least segment between them, and are the same each time', () => {
    for (const seed of few) {
      const steps = series(
        [
          [12, 1],
          [4, 2],
          [3, 4],
          [14, 1],
        ],
        seed,
        0.02,
      );
      const found = findChangePoints(steps);
      const borders = [0, ...found, steps.length];
      expect(Math.min(...borders.slice(1).map((at, i) => at - borders[i]))).toBeGreaterThanOrEqual(
        leastSegment,
      );
      expect(findChangePoints(steps)).toEqual(found);
    }
  });

  it('leave out what is smaller than anybody would look for', () => {
    const make = (seed: number) =>
      series(
        [
          [25, 1],
          [25, 1.01],
        ],
        seed,
        0.001,
      );
    expect(few.flatMap((seed) => findChangePoints(make(seed)))).toEqual([]);
  });
});
