import { describe, expect, test } from 'vitest';
import { madeUpRequest } from '../../test/support/made-up-plan.js';
import type { JournalLine, Outcome } from '../results/format.js';
import { type Executor, type MeasureEvent, measure } from './measure.js';
import { makePlan } from './plan.js';
import { everyRound } from './planner/rounds.js';

const skipped: Outcome = { status: 'skipped', message: 'nothing was measured' };
const wrong: Outcome = { status: 'wrong', message: 'key1 is wrong' };

/** A run in which every cell takes 10 ms of simulated time and `outcomeOf` says what comes of it. */
async function run({
  seed = 1,
  outcomeOf = (): Outcome => skipped,
  abortAfter = Number.POSITIVE_INFINITY,
}: {
  seed?: number;
  outcomeOf?: (cell: string, call: number) => Outcome;
  abortAfter?: number;
}) {
  const plan = await makePlan(madeUpRequest({ seed }));
  const lines: JournalLine[] = [];
  const events: MeasureEvent[] = [];
  const executed: string[] = [];
  const controller = new AbortController();
  let nowMs = 1_000;
  const executor: Executor = {
    run: async ({ cell }) => {
      executed.push(cell);
      nowMs += 10;
      if (executed.length > abortAfter) controller.abort();
      return outcomeOf(cell, executed.length);
    },
  };
  const measurement = await measure(plan, {
    executor,
    clock: { nowMs: () => nowMs },
    planner: everyRound(),
    journal: { path: '', append: (line) => lines.push(line), close: () => {} },
    signal: controller.signal,
    onEvent: (event) => events.push(event),
  });
  return { ...measurement, lines, events, executed };
}

describe('a run', () => {
  test('visits every cell once per round, each round in an order of its own', async () => {
    const { records, executed } = await run({});
    expect(records.length).toBe(16);
    const rounds = [0, 1, 2, 3].map((round) => executed.slice(4 * round, 4 * round + 4));
    for (const round of rounds) expect([...round].sort()).toEqual(['c1', 'c2', 'c3', 'c4']);
    expect(new Set(rounds.map(String)).size).toBeGreaterThan(1);
    expect(records.map(({ round }) => round)).toEqual([...Array(16).keys()].map((at) => Math.floor(at / 4)));
  });

  test('has the order of its seed', async () => {
    const [one, again, other] = [await run({}), await run({}), await run({ seed: 2 })];
    expect(again.executed).toEqual(one.executed);
    expect(other.executed).not.toEqual(one.executed);
  });

  test('writes each cell as it is done, with its place and times, and an end', async () => {
    const { lines } = await run({});
    expect(lines.length).toBe(17);
    expect(lines[3]).toMatchObject({
      type: 'cell',
      order: 3,
      startedMs: 30,
      elapsedMs: 10,
      outcome: skipped,
    });
    expect(lines[16]).toMatchObject({ type: 'end', status: 'finished', elapsedMs: 160 });
  });

  test('tells before each cell how many are done and left', async () => {
    const { events } = await run({});
    const starts = events.flatMap((event) => (event.type === 'cell starts' ? [event] : []));
    expect(starts.map(({ done }) => done)).toEqual([...Array(16).keys()]);
    expect(starts.map(({ left }) => left.reduce((sum, { times = 1 }) => sum + times, 0))).toEqual(
      [...Array(16).keys()].map((done) => 16 - done),
    );
  });

  test('that is interrupted leaves no record of the cell that was cut off', async () => {
    const { status, records, lines, executed } = await run({ abortAfter: 5 });
    expect(status).toBe('interrupted');
    expect(executed.length).toBe(6);
    expect(records.length).toBe(5);
    expect(lines.map(({ type }) => type)).toEqual(['cell', 'cell', 'cell', 'cell', 'cell', 'end']);
    expect(lines.at(-1)).toMatchObject({ status: 'interrupted' });
  });

  test.each<[string, Outcome]>([
    ['answers wrongly', wrong],
    ['crashes', { status: 'crashed', message: 'it threw' }],
    ['hits its limit', { status: 'limit', limit: 'time', message: 'over 1 s' }],
  ])('does not try a cell again that %s', async (_, outcome) => {
    const { executed, records } = await run({ outcomeOf: (cell) => (cell === 'c2' ? outcome : skipped) });
    expect(executed.filter((cell) => cell === 'c2').length).toBe(1);
    const [first, ...later] = records.filter(({ cell }) => cell === 'c2');
    expect(first.outcome).toEqual(outcome);
    expect(later.map((record) => record.outcome.status)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(later[0].outcome).toMatchObject({ message: expect.stringContaining('in an earlier round') });
  });

  test('tries a cell again that was skipped', async () => {
    const { executed } = await run({ outcomeOf: () => skipped });
    expect(executed.filter((cell) => cell === 'c2').length).toBe(4);
  });
});
