import { describe, expect, it } from 'vitest';
import { seededRandom } from '../results/random.js';
import { cautiousLogs, settlingOf } from './settling.js';
import { twoModes } from './two-modes.js';

/** Eight rounds of 12 samples around 1 ms, each as `factor` of its place says, with noise. */
function rounds(factor: (place: number) => number, noise = 0.01): number[][] {
  const random = seededRandom(3);
  return Array.from({ length: 8 }, () =>
    Array.from({ length: 12 }, (_, place) => 1e6 * factor(place) * Math.exp(noise * random.normal())),
  );
}

describe('a series', () => {
  it.each<[string, (place: number) => number]>([
    ['settled', () => 1],
    ['falling', (place) => 1.2 - 0.015 * place],
    ['rising', (place) => 1 + 0.015 * place],
    ['jumping', (place) => (place % 2 === 0 ? 1 : 1.4)],
  ])('is %s', (settling, factor) => {
    expect(settlingOf(rounds(factor))).toBe(settling);
  });

  it('is settled where it shifts by less than is worth a word', () => {
    expect(settlingOf(rounds((place) => 1 + 0.001 * place))).toBe('settled');
  });

  it('is not judged with few samples or few rounds', () => {
    expect(settlingOf(rounds(() => 1).map((samples) => samples.slice(0, 5)))).toBe('not judged');
    expect(settlingOf(rounds(() => 1).slice(0, 3))).toBe('not judged');
  });

  it('that is settled is blamed in under 2 % of cases, whatever its noise', () => {
    const random = seededRandom(5);
    let blamed = 0;
    for (let turn = 0; turn < 500; turn++) {
      const noise = 0.2 * random.uniform();
      const series = Array.from({ length: 8 }, () =>
        Array.from({ length: 10 }, () => 1e6 * Math.exp(noise * random.normal())),
      );
      if (settlingOf(series) !== 'settled') blamed++;
    }
    expect(blamed).toBeLessThan(10);
  });
});

describe('caution', () => {
  it('judges a falling cell by its first third, a settled one by what it is', () => {
    const samples = Array.from({ length: 9 }, (_, place) => 9 - place);
    const measured = [{ round: 0, outcome: { warm: { samplesNs: samples } } }] as unknown as Parameters<
      typeof cautiousLogs
    >[1];
    const logs = Float64Array.of(Math.log(5));
    expect(cautiousLogs(logs, measured, 'warm', 'falling')[0]).toBeCloseTo(Math.log(8));
    expect(cautiousLogs(logs, measured, 'warm', 'settled')).toBe(logs);
  });
});

describe('two modes', () => {
  it('are found where there are two, with the share of the smaller', () => {
    const found = twoModes([0, 0.01, 0.02, 0.01, 0, 0.3, 0.31, 0.3]);
    expect(found?.share).toBe(3 / 8);
    expect(found?.upper).toBeCloseTo(0.303, 2);
  });

  it('are neither one slow value nor two groups that lie close together', () => {
    expect(twoModes([0, 0, 0, 0, 0, 0, 0, 1])).toBeUndefined();
    expect(twoModes([0, 0, 0, 0, 0.02, 0.02, 0.02, 0.02])).toBeUndefined();
  });

  it.each([8, 10, 20])('are seen in %i normal values in under 1 %% of cases', (count) => {
    const random = seededRandom(7);
    let seen = 0;
    for (let turn = 0; turn < 2_000; turn++) {
      if (twoModes(Array.from({ length: count }, () => random.normal())) !== undefined) seen++;
    }
    expect(seen).toBeLessThan(20);
  });
});
