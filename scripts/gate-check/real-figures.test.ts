import { describe, expect, it } from 'vitest';
import { type Kind, type RealLine, realFigures } from './real-figures.js';

const line = (kind: Kind, verdict: RealLine['verdict'], red: readonly string[] = []): RealLine => ({
  kind,
  verdict,
  red,
  headline: '',
  seconds: 30,
});
const good = [
  ...Array.from({ length: 8 }, () => line('equal', 'fine')),
  line('equal', 'unfit'),
  line('equal', 'undecided'),
  line('load', 'unfit'),
  line('load', 'fine'),
  line('slower', 'regression', ['own']),
  line('slower', 'regression', ['own']),
];
const missed = (lines: readonly RealLine[]) =>
  realFigures(lines).flatMap(({ name, seen, holds }) => (holds ? [] : [`${name}: ${seen}`]));

describe('the figures of real comparisons', () => {
  it('hold where equal code is never red, and every slow-down is, by its name alone', () => {
    expect(missed(good)).toEqual([]);
  });

  it.each<[string, RealLine, string]>([
    ['equal code that is red', line('equal', 'regression', ['own']), 'quiet machine: red: 1 of 11'],
    ['a load that makes something red', line('load', 'regression', ['for-loop']), 'half-way on: red: 1 of 3'],
    ['a slow-down that is not seen', line('slower', 'fine'), 'it alone is named: 2 of 3'],
    ['a slow-down under two names', line('slower', 'regression', ['own', 'for-loop']), 'is named: 2 of 3'],
    ['a slow-down on a machine that cannot judge', line('slower', 'unfit'), 'it alone is named: 2 of 3'],
  ])('are missed by %s', (_, wrong, says) => {
    expect(missed([...good, wrong])).toEqual([expect.stringContaining(says)]);
  });

  it('allow two quiet comparisons that are unfit, and no third', () => {
    expect(missed([...good, line('equal', 'unfit')])).toEqual([]);
    const third = [...good, line('equal', 'unfit'), line('equal', 'unfit')];
    expect(missed(third)).toEqual([expect.stringContaining('unfit: 3 of 12')]);
  });
});
