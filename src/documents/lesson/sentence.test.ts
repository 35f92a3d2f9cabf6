import { describe, expect, test } from 'vitest';
import type { Estimate } from '../../analysis/types.js';
import { text } from '../../document/document.js';
import type { Figure } from '../../document/figure.js';
import { textMarkdown } from '../../render/markdown.js';
import { type Compared, inverse, isAbove, type MissingReason, per } from './compared.js';
import { outcomeText } from './sentence.js';

const ratio = (value: number, low: number, high: number) => ({ value, interval: { low, high }, rounds: 8 });

const both = (one: Estimate) => ({ ratio: one, inverse: inverse(one) });

const missing = (because: MissingReason): Compared => ({
  kind: 'missing',
  part: 'lock',
  account: 'warm',
  strategies: ['worker-threads'],
  cells: ['c4'],
  because,
});

const outcomes = {
  whether: 'a pool is faster than the loop',
  faster: (times: Figure) => text`The pool was ${times} as fast.`,
  same: (times: Figure) => text`No gain: ${times}.`,
  slower: (times: Figure) => text`The pool took ${times} as long.`,
};

describe('a sentence says what the run supports', () => {
  test.each<[string, Compared, string]>([
    [
      'its claim holds',
      { kind: 'faster', ...both(ratio(2, 1.9, 2.1)) },
      'The pool was 2× [1.9, 2.1] as fast.',
    ],
    [
      'its claim is refuted: in times as long, ends turned round',
      { kind: 'slower', ...both(ratio(0.5, 0.4, 0.625)) },
      'The pool took 2× [1.6, 2.5] as long.',
    ],
    [
      'no gain, shown to be none',
      { kind: 'same', ...both(ratio(1, 0.98, 1.02)) },
      'No gain: 1× [0.98, 1.02].',
    ],
    [
      'undecided: never "no gain"',
      { kind: 'undecided', ...both(ratio(1, 0.8, 1.2)) },
      'Not decided here: whether a pool is faster than the loop (1× [0.8, 1.2] as fast).',
    ],
    [
      'undecided, though the range of this one comparison leaves out 1×: why',
      { kind: 'undecided', ...both(ratio(0.9, 0.8, 0.99)) },
      'Not decided here: whether a pool is faster than the loop (0.9× [0.8, 0.99] as fast; too close a call among as many comparisons as this part makes).',
    ],
    [
      'too few rounds for an interval',
      { kind: 'undecided', ...both({ value: 1.8, rounds: 2 }) },
      'Not decided here: whether a pool is faster than the loop (1.8× as fast).',
    ],
    [
      'not measured: why',
      missing({ kind: 'bound', reason: 'over 30 s' }),
      'Not measured here: whether a pool is faster than the loop (worker-threads: over 30 s).',
    ],
    [
      'not installed: nothing, since the section says so once',
      missing({ kind: 'not installed', needs: 'Python', reason: 'skipped: needs Python' }),
      '',
    ],
  ])('%s', (_, compared, says) => {
    expect(textMarkdown(outcomeText(compared, outcomes) ?? [])).toBe(says);
  });
});

describe('estimates', () => {
  test('an inverse turns its ends round, and keeps having none', () => {
    expect(inverse(ratio(2, 1, 4))).toEqual(ratio(0.5, 0.25, 1));
    expect(inverse({ value: 2, rounds: 3 })).toEqual({ value: 0.5, rounds: 3 });
  });

  test('a share of a time is a share of its ends', () => {
    expect(per(ratio(100, 90, 110), 10)).toEqual(ratio(10, 9, 11));
  });

  test.each([
    [ratio(8, 7.5, 8.5), 2, true],
    [ratio(1.8, 1.7, 1.9), 2, false],
    [ratio(2, 1.9, 2.1), 2, undefined],
    [{ value: 8, rounds: 2 }, 2, undefined],
  ])('%j above %d: %s', (estimate, bound, above) => {
    expect(isAbove(estimate, bound)).toBe(above);
  });
});
