import { expect, it } from 'vitest';
import { formatDuration, formatWait } from './units.js';

it.each([
  [5e6, '5 ms'],
  [90e9, '90 s'],
  [600e9, '10 min'],
  [9e12, '2.5 h'],
  [1e15, '12 days'],
])('a projected duration of %d ns is %s', (ns, text) => {
  expect(formatDuration(ns)).toBe(text);
});

it.each([
  [400, '1 s'],
  [45_000, '45 s'],
  [180_000, '3 min'],
  [6_000_000, '1 h 40 min'],
])('%d ms to wait are %s', (ms, text) => {
  expect(formatWait(ms)).toBe(text);
});
