import { describe, expect, it } from 'vitest';
import { TimeLeft } from './time-left.js';

describe('the time left', () => {
  const priceMs = (cell: string) => (cell === 'small' ? 100 : 900);
  const left = [{ cell: 'small' }, { cell: 'large' }];

  it('is the price before anything was measured', () => {
    const guess = new TimeLeft(priceMs);
    expect(guess.estimateMs(left)).toBe(1_000);
  });

  it('believes a cell’s own rounds, and corrects the price of the others by them', () => {
    const guess = new TimeLeft(priceMs);
    guess.note({ cell: 'small' }, 150);
    guess.note({ cell: 'small' }, 250);
    expect(guess.estimateMs([{ cell: 'small' }])).toBe(200);
    expect(guess.estimateMs([{ cell: 'large' }])).toBe(1_800);
  });
});
