import { describe, expect, it } from 'vitest';
import { pricesProblem } from './scenario.js';

const row = { what: 'JSON.stringify', strategy: 'json', of: 'place', per: 'number' };

describe('a price list', () => {
  it('may be alone, and may tell what a source measured', () => {
    expect(pricesProblem({ rows: [row] })).toBeUndefined();
    const source = { low: 60, high: 70 };
    expect(pricesProblem({ alone: true, rows: [row, { ...row, per: 'event', source }] })).toBeUndefined();
  });

  it.each([
    [{ rows: [] }, 'with at least one'],
    [{ rows: [row], alone: false }, '`prices.alone` must be true'],
    [
      { rows: [row, { ...row, of: 'colect' }] },
      '`prices.rows[1]`: `of` must be one of place, compute, collect',
    ],
    [{ rows: [{ ...row, per: 'key' }] }, "`per` must be 'event' or 'number'"],
    [{ rows: [{ ...row, what: 1 }] }, '`what` must say what it is'],
    [{ rows: [{ ...row, strategy: undefined }] }, '`strategy` must be a label'],
    [{ rows: [{ ...row, source: { low: 2, high: 1 } }] }, '`source` must be { low, high }'],
    [{ rows: [null] }, 'it must be an object'],
  ])('%j is refused', (prices, words) => {
    expect(pricesProblem(prices)).toContain(words);
  });
});
