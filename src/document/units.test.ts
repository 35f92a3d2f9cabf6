import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRatio,
  ratioText,
  timeText,
} from './units.js';

describe('a time', () => {
  it.each([
    [0.45, '0.45 ns'],
    [80, '80 ns'],
    [999.7, '1 µs'],
    [1234, '1.23 µs'],
    [1_230_000, '1.23 ms'],
    [48_000_000, '48 ms'],
    [2_400_000_000, '2.4 s'],
    [94_000_000_000, '94 s'],
    [0, '0 ns'],
    [-1500, '−1.5 µs'],
  ])('of %d ns reads "%s"', (ns, text) => expect(formatNs(ns)).toBe(text));

  it('carries its interval in its own unit', () => {
    const time = { value: 1.25e6, interval: { low: 0.9e6, high: 1.312e6 } };
    expect(timeText(time)).toBe('1.25 ms [0.9, 1.31]');
  });

  it('stands alone where too few rounds give no interval', () => {
    expect(timeText({ value: 1.25e6 })).toBe('1.25 ms');
  });
});

it('has two digits where a sentence asks for them', () => expect(formatNs(84.12, 2)).toBe('84 ns'));

describe('a count', () => {
  it.each([
    [4, '4'],
    [1.5, '1.5'],
    [0.002, '0.002'],
    [1000, '1k'],
    [4096, '4,096'],
    [10_000, '10k'],
    [262_144, '262k'],
    [1_000_000, '1M'],
    [4_194_304, '4.19M'],
  ])('of %d reads "%s"', (count, text) => expect(formatCount(count)).toBe(text));
});

describe('a ratio', () => {
  it.each([
    [5.123, '5.1×'],
    [1.024, '1.02×'],
    [0.337, '0.34×'],
    [0.0312, '0.031×'],
    [12.4, '12×'],
    [123.4, '123×'],
  ])('of %d reads "%s"', (ratio, text) => expect(formatRatio(ratio)).toBe(text));

  it('carries its interval with the same decimals', () => {
    expect(ratioText({ value: 5.1, interval: { low: 4.83, high: 5.37 } })).toBe('5.1× [4.8, 5.4]');
  });

  it('never shows a positive end as zero', () => {
    expect(ratioText({ value: 1.2, interval: { low: 0.0004, high: 3 } })).toBe('1.2× [0.0004, 3]');
  });
});

describe('bytes, shares and intervals', () => {
  it('are written for people', () => {
    expect(formatBytes(2 ** 20)).toBe('1 MiB');
    expect(formatBytes(8_400_000)).toBe('8 MiB');
    expect(formatBytes(1.5 * 2 ** 30)).toBe('1.5 GiB');
    expect(formatBytes(850 * 2 ** 20)).toBe('850 MiB');
    expect(formatPercent(0.05)).toBe('5 %');
    expect([4096, 10_000, Number.POSITIVE_INFINITY].map((count) => formatCount(count))).toEqual([
      '4,096',
      '10k',
      '∞',
    ]);
  });
});
