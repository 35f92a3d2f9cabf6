import { expect, it } from 'vitest';
import { exampleResults } from '../../../test/support/synthetic.js';
import type { RunState } from '../measure.js';
import { type OneByOneOptions, oneByOne } from './rounds.js';

const { header, records } = exampleResults();
const wanted = header.cells.slice(0, 3).map(({ id }) => id);
const options: OneByOneOptions = {
  rank: ({ id }) => (wanted.includes(id) ? -wanted.indexOf(id) : undefined),
  mostMs: 1_000,
  least: 2,
  spare: 0,
  stopsAt: ({ outcome }) => outcome.status !== 'measured',
};
const recordOf = (cell: string) => ({ ...records[0], cell, round: 0 });
const next = (state: Partial<RunState>) =>
  oneByOne(options).next({ header, records: [], elapsedMs: 0, ...state });

it('takes one cell after another in the order that was given, and no others', () => {
  expect(next({})).toEqual({ kind: 'measure', turns: [{ cell: wanted[2], round: 0 }] });
  expect(next({ records: [recordOf(wanted[2])] })).toMatchObject({ turns: [{ cell: wanted[1] }] });
  expect(next({ records: wanted.map(recordOf) })).toMatchObject({ kind: 'stop' });
});

it('begins none when its time is over, unless the least is not there yet', () => {
  const [one, two] = wanted.slice(1).map(recordOf);
  expect(next({ records: [one], elapsedMs: 2_000 })).toMatchObject({ kind: 'measure' });
  expect(next({ records: [one, two], elapsedMs: 2_000 })).toMatchObject({ kind: 'stop' });
});

it('nobody waits for what is measured in the time that is left over', () => {
  const { left } = oneByOne(options);
  expect(left({ header, records: [], elapsedMs: 0 })).toEqual([
    { cell: wanted[2], round: 0 },
    { cell: wanted[1], round: 0 },
  ]);
});

it('stops where the others would tell nothing', () => {
  const failed = { ...recordOf(wanted[2]), outcome: { status: 'wrong' as const, message: 'wrong' } };
  expect(next({ records: [failed] })).toMatchObject({ kind: 'stop' });
});
