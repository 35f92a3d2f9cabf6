import { describe, expect, it } from 'vitest';
import { parseAxisValues } from './axis-values.js';

describe('values of an axis as typed', () => {
  it.each([
    ['keys', '4,8,16', [4, 8, 16]],
    ['keys', '4, 8,4', [4, 8]],
    ['length', '1e3..1e6x10', [1_000, 10_000, 100_000, 1_000_000]],
    ['length', '10..100x1.5', [10, 15, 23, 34, 51, 76]],
    ['length', '4..9x2,100', [4, 8, 100]],
    ['cost', '0.1..10x10', [0.1, 1, 10]],
    ['cost', '0.1..0.9x3', [0.1, 0.3, 0.9]],
    ['skew', 'equal,1.1', ['equal', 1.1]],
    ['values', 'doubles', ['doubles']],
  ])('--%s %s', (axis, text, values) => {
    expect(parseAxisValues(axis, text)).toEqual(values);
  });

  it.each([
    ['8..4x2', 'is no range: write FROM..TOxFACTOR'],
    ['0..4x2', 'is no range'],
    ['1..4x1', 'is no range'],
    ['1..Infinityx2', 'is no range'],
    ['1..8', 'is no range'],
    ['', 'has an empty value. Write it like --keys 4,8,16'],
    ['1..1e9x1.01', 'makes more than 200 values'],
  ])('refuses --keys %s', (text, says) => {
    expect(() => parseAxisValues('keys', text)).toThrow(says);
  });
});
