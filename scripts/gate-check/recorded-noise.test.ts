import { describe, expect, it } from 'vitest';
import { comparison } from './pairs.js';
import { noiseSentence, recorded } from './recorded-noise.js';
import { redStrategies } from './red-strategies.js';

describe('simulated comparisons on the noise that is committed', () => {
  it('have rounds enough for a comparison that repeats none', () => {
    for (const condition of ['quiet', 'busy'] as const)
      expect(recorded(condition, 1).recorded?.rounds.length).toBeGreaterThanOrEqual(8);
    expect(noiseSentence()).toMatch(/^Noise as the (quick )?self-check recorded it \(/);
  });

  it('are the same for the same seed, and not red for equal code', async () => {
    const one = await comparison(3, 'interleaved');
    expect(one.verdict).not.toBe('regression');
    expect(await comparison(3, 'interleaved')).toEqual(one);
    const [a, b] = [one, await comparison(4, 'interleaved')].map(({ rows }) => rows[0].ratio.value);
    expect(a).not.toBe(b);
  });

  it('name a strategy that takes half as long again, and it alone, however they were measured', async () => {
    for (const way of ['interleaved', 'until settled', 'separate'] as const) {
      const seen = await comparison(5, way, { strategy: 'typed-array', factor: 1.5 });
      expect(seen.verdict).toBe('regression');
      expect(redStrategies(seen.rows)).toEqual(['typed-array']);
    }
  });
});
