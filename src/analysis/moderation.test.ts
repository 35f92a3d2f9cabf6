import { describe, expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { moderate, priorOf, type Variance } from './moderation.js';
import { tQuantile } from './student.js';

/** Variances as four rounds show them, of points whose true variances are given. */
function seenVariances(truth: readonly number[], seed: number): Variance[] {
  const random = seededRandom(seed);
  return truth.map((value) => {
    let squares = 0;
    for (let i = 0; i < 3; i++) squares += value * random.normal() ** 2;
    return { value: squares / 3, df: 3 };
  });
}

describe('the prior of variances', () => {
  it('trusts what is typical where the points agree, and hardly where they do not', () => {
    const alike = priorOf(seenVariances(new Array(40).fill(0.01), 1));
    expect(alike?.value).toBeGreaterThan(0.005);
    expect(alike?.value).toBeLessThan(0.02);
    expect(alike?.df).toBeGreaterThan(8);
    const random = seededRandom(2);
    const apart = priorOf(
      seenVariances(
        Array.from({ length: 40 }, () => 0.01 * Math.exp(2 * random.normal())),
        3,
      ),
    );
    expect(apart?.df).toBeLessThan(3);
  });

  it('is none of fewer than three, and of data without noise', () => {
    expect(
      priorOf([
        { value: 1, df: 3 },
        { value: 1, df: 3 },
      ]),
    ).toBeUndefined();
    expect(
      priorOf([
        { value: 0, df: 3 },
        { value: 1, df: 3 },
        { value: 1, df: 3 },
      ]),
    ).toBeUndefined();
  });

  it('keeps a moderated t interval at its level, and makes it shorter', () => {
    let [held, plain, moderated, all] = [0, 0, 0, 0];
    const random = seededRandom(5);
    for (let seed = 1; seed <= 300; seed++) {
      // Means of four rounds, whose truth is 0: one noise for all points.
      const seen = seenVariances(new Array(8).fill(1), seed);
      const prior = priorOf(seen);
      for (const variance of seen) {
        const mean = random.normal() / 2;
        const own = moderate(variance, prior);
        const half = (of: Variance) => tQuantile(0.95, Math.floor(of.df)) * Math.sqrt(of.value / 4);
        all++;
        plain += half(variance);
        moderated += half(own);
        if (Math.abs(mean) <= half(own)) held++;
      }
    }
    expect(held / all).toBeGreaterThan(0.93);
    expect(held / all).toBeLessThan(0.97);
    expect(moderated / plain).toBeLessThan(0.8);
  });
});
