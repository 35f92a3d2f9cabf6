import { expect, it } from 'vitest';
import { type DuetLine, describeDuet } from './duet-figures.js';

function line(way: DuetLine['way'], width: number, seconds: number, logs: readonly number[]): DuetLine {
  const rows = logs.map((log, i) => {
    return { strategy: 'own', account: 'warm' as const, point: { keys: i }, log, width, red: log > 0.05 };
  });
  return { way, seconds, rows };
}

it('says how much narrower intervals are, what that is in time, and how often equal code looks changed', () => {
  const sentences = describeDuet([
    line('turns', Math.log(1.04), 60, [0, 0.01, 0.06]),
    line('duet', Math.log(1.02), 45, [0, 0.002, 0.02]),
  ]);
  expect(sentences).toEqual([
    '1 comparisons in turns, 1 in duet; a duet takes 0.75 of the time',
    'warm: intervals are 4.0 % wide in turns and 2.0 % in duet; the same width in 5.2 times less time',
    'turns: of 3 intervals of equal code 1 leave out 1× (expected 0), 1 red',
    'duet: of 3 intervals of equal code 1 leave out 1× (expected 0), 0 red',
  ]);
});

it('needs both ways', () => {
  expect(describeDuet([line('turns', 0.1, 60, [0])])).toEqual([
    'Nothing to compare yet: run it again to go on',
  ]);
});
