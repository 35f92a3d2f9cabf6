import { describe, expect, it } from 'vitest';
import { mostly, rarely, shareText } from './share.js';

describe('a share of comparisons', () => {
  it('is told with its count and the exact interval', () => {
    expect(shareText(0, 1_000)).toBe('0 of 1000, 0.0 % [0.0 %, 0.4 %]');
    expect(shareText(0, 80)).toBe('0 of 80, 0.0 % [0.0 %, 4.5 %]');
    expect(shareText(103, 120)).toMatch(/^103 of 120, 85\.8 % \[7\d\.\d %, 9\d\.\d %\]$/);
  });

  it('is too large for a rare error where its low end is, and too small for what must be seen by itself', () => {
    expect(rarely('red', 0.01, 1, 80).holds).toBe(true);
    expect(rarely('red', 0.01, 4, 80).holds).toBe(false);
    expect(mostly('found', 0.9, 108, 120).holds).toBe(true);
    expect(mostly('found', 0.9, 107, 120).holds).toBe(false);
  });
});
