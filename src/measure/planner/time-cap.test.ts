import { describe, expect, test } from 'vitest';
import { syntheticResults } from '../../../test/support/synthetic.js';
import type { RunState, Step } from '../measure.js';
import { timeCap } from './rounds.js';

const { header } = syntheticResults({
  sweeps: [{}],
  strategies: [{ label: 'for-loop', family: 'serial', compute: () => 1e6 }],
});
const state = (elapsedMs: number): RunState => ({ header, records: [], elapsedMs });

/** A planner that would measure this round next. */
const measuring = (round: number) => ({
  next: (): Step => ({ kind: 'measure', turns: [{ cell: 'c1', round }] }),
  left: () => [{ cell: 'c1', round }],
});

describe('a cap on the time of a run', () => {
  test.each([
    ['begins a round within the time', 6, 9_000, 'measure'],
    ['begins none after it', 6, 10_000, 'stop'],
    ['gives every cell the four rounds of an interval, whatever they take', 3, 99_000, 'measure'],
    ['stops after those four', 4, 99_000, 'stop'],
  ])('%s', (_, round, elapsedMs, kind) => {
    expect(timeCap(measuring(round), 10_000).next(state(elapsedMs)).kind).toBe(kind);
  });

  test('says how many rounds there were', () => {
    expect(timeCap(measuring(5), 10_000).next(state(20_000))).toEqual({
      kind: 'stop',
      because: ['Stopped after 5 of 8 rounds: the time for this part was over.'],
    });
  });

  test('leaves other steps and the turns that are left as they are', () => {
    const stop: Step = { kind: 'stop', because: ['done'] };
    expect(timeCap({ ...measuring(9), next: () => stop }, 10).next(state(20))).toBe(stop);
    expect(timeCap(measuring(9), 10).left(state(20))).toEqual([{ cell: 'c1', round: 9 }]);
  });
});
