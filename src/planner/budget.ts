import { analyseAccount } from '../analysis/account.js';
import { leastRounds } from '../analysis/estimate.js';
import { linesOf } from '../analysis/line.js';
import { accounts, tableOf } from '../analysis/table.js';
import type { Point } from '../contract/scenario.js';
import type { Planner, RunState, Step, Turn } from '../measure/planner.js';
import { type Answers, type OpenQuestion, openQuestions, openRegions, wideBrackets } from './open.js';
import { butOnlyResident, hopelesslyOut, type Out, outCells } from './out.js';
import { type Prices, pricesOf } from './prices.js';
import { doneTurns, runnable, shuffledRound, turnKey } from './turns.js';

export interface BudgetOptions {
  readonly budgetMs: number;
  /** A cell is not measured more often than this, however open its question is. */
  readonly mostRounds?: number;
}

/** Enough draws for decisions between rounds; the report takes more. */
const draws = 400;

const defaultMostRounds = 60;

/** Points added along one line, at most: what is not found after so many is not a crossover. */
const mostAdded = 8;

/**
 * Spends a budget where the doubt is. First a pilot: every cell once, which prices it. What is many times slower than
 * the fastest of its point, in every account, stops; the rest gets the four rounds without which nothing wins. Then,
 * as long as the budget lasts: new points around crossovers whose bracket is wide, and rounds for the pairs and
 * crossovers that are still open (tachometer's rule "until the interval says so", for a whole sweep), those that need
 * the fewest first. What cannot be settled within the budget is left, and said.
 *
 * It keeps nothing between calls: every decision follows from the records, so a resumed run goes on as it would have.
 */
export function budgetPlanner({ budgetMs, mostRounds = defaultMostRounds }: BudgetOptions): Planner {
  const next = (state: RunState): Step => {
    const pilot = unfinished(state, runnable(state), 0);
    if (pilot.length > 0) return withinBudget(pilot, state, budgetMs);
    const analysis = answersOf(state);
    const prices = pricesOf(state);
    const leftMs = budgetMs - state.elapsedMs;

    const base = basicRounds(state, outCells(analysis, hopelesslyOut));
    if (base.length > 0) return withinBudget(base, state, budgetMs);

    const added = newPoints(analysis, state);
    if (added.length > 0) {
      return {
        kind: 'add points',
        points: added,
        because: 'a crossover lies between points that are more than a factor of 2 apart',
      };
    }
    const stillOpen = (questions: readonly OpenQuestion[]) =>
      questions.filter(({ rounds }) => rounds < mostRounds);
    const open = stillOpen(openQuestions(analysis));
    const turns = roundsFor(open, state, prices, leftMs);
    if (turns.length > 0) return { kind: 'measure', turns };
    // Who is faster comes before by how much: regions are asked about once nothing else can be settled.
    const regions = stillOpen(openRegions(analysis));
    const more = roundsFor(regions, state, prices, leftMs);
    return more.length > 0
      ? { kind: 'measure', turns: more }
      : { kind: 'stop', because: summing([...open, ...regions], prices, state, budgetMs) };
  };
  return {
    next,
    left: (state) => unfinished(state, runnable(state), 0),
  };
}

/** Points and crossovers; nothing else that a report adds decides anything here. */
function answersOf({ header, records }: RunState): Answers {
  const table = tableOf({ header, records, notes: [] }, draws);
  const lines = linesOf(table);
  return { header, accounts: accounts.map((account) => analyseAccount(table, account, lines)) };
}

/** Turns of one round that were not measured yet, shuffled. */
function unfinished(state: RunState, cells: readonly string[], round: number): Turn[] {
  const done = doneTurns(state);
  return shuffledRound(cells, state.header.seed, round).filter((turn) => !done.has(turnKey(turn)));
}

/** The first of the four basic rounds that is incomplete for somebody who is not out. */
function basicRounds(state: RunState, { wholly, butResident }: Out): Turn[] {
  const cells = runnable(state).filter((cell) => !wholly.has(cell) && !hasFailed(state, cell));
  for (let round = 0; round < leastRounds; round++) {
    const turns = unfinished(state, cells, round);
    if (turns.length > 0) return turns.map((turn) => butOnlyResident(turn, butResident));
  }
  return [];
}

function hasFailed({ records }: RunState, cell: string): boolean {
  return records.some((record) => record.cell === cell && record.outcome.status !== 'measured');
}

/** As many turns as the budget still holds, but at least one decision's worth: then it is asked again. */
function withinBudget(turns: readonly Turn[], state: RunState, budgetMs: number): Step {
  const prices = pricesOf(state);
  const fitting: Turn[] = [];
  let leftMs = budgetMs - state.elapsedMs;
  for (const turn of turns) {
    leftMs -= prices.of(turn.cell);
    if (leftMs < 0) break;
    fitting.push(turn);
  }
  // Prices are estimates, in the pilot mere guesses: there and near the end look again after every cell.
  const pilot = turns[0]?.round === 0;
  const chunk = pilot || leftMs < 0.2 * budgetMs ? fitting.slice(0, 1) : fitting;
  if (chunk.length > 0) return { kind: 'measure', turns: chunk };
  const missing = turns.length === 1 ? '1 cell was' : `${turns.length} cells were`;
  return {
    kind: 'stop',
    because: [
      `The budget ended before every cell had its basic rounds: ${missing} left out of the last one.`,
    ],
  };
}

/** Two points around each crossover whose bracket is wide, a factor of 2 apart and as near as possible to it. */
function newPoints(analysis: Answers, state: RunState): Point[] {
  const points = new Map<string, Point>();
  for (const { axis, fixed, low, high, at } of wideBrackets(analysis)) {
    const onLine = analysis.header.cells.filter(({ point }) =>
      Object.entries(fixed).every(([name, value]) => point[name] === value),
    );
    const values = new Set(onLine.map(({ point }) => Number(point[axis])));
    if (values.size >= initialValues(state, axis) + mostAdded) continue;
    for (const value of [at / Math.SQRT2, at * Math.SQRT2].map((each) => roundLike(each, low))) {
      if (value > low && value < high && !values.has(value)) {
        const point = { ...fixed, [axis]: value };
        points.set(JSON.stringify(point), point);
      }
    }
  }
  return [...points.values()];
}

/** Whole numbers where the axis has whole numbers; three digits are enough for both. */
function roundLike(value: number, neighbour: number): number {
  const short = Number(value.toPrecision(3));
  return Number.isInteger(neighbour) ? Math.round(short) : short;
}

function initialValues({ header }: RunState, axis: string): number {
  return new Set(header.scenario.sweeps.flatMap((sweep) => sweep[axis] ?? [])).size;
}

/** The next round of every open question that can still be settled, cheapest first, as far as the budget goes. */
function roundsFor(open: readonly OpenQuestion[], state: RunState, prices: Prices, leftMs: number): Turn[] {
  const byCell = new Map<string, number>();
  for (const { cell } of state.records) byCell.set(cell, (byCell.get(cell) ?? 0) + 1);
  const chosen = new Map<string, Turn>();
  let restMs = leftMs;
  for (const { cells, needs, rounds } of open) {
    const more = cells.filter((cell) => !chosen.has(cell));
    const oneRoundMs = prices.all(more);
    const toSettleMs = prices.all(cells) * Math.max(1, needs - rounds);
    if (oneRoundMs > restMs || toSettleMs > leftMs) continue;
    restMs -= oneRoundMs;
    // All cells of a question in the same round, so that its pairs stay paired.
    const round = Math.max(...cells.map((cell) => byCell.get(cell) ?? 0));
    for (const cell of more) chosen.set(cell, { cell, round });
  }
  return shuffledRound([...chosen.keys()], state.header.seed, state.records.length).flatMap(({ cell }) => {
    const turn = chosen.get(cell);
    return turn === undefined ? [] : [turn];
  });
}

/** What is settled, what is not, and about how much more time each open question needs. */
function summing(open: readonly OpenQuestion[], prices: Prices, state: RunState, budgetMs: number): string[] {
  const spent = `Budget: ${seconds(state.elapsedMs)} of ${seconds(budgetMs)} used.`;
  if (open.length === 0) return [`${spent} Every question of this run is settled.`];
  return [
    `${spent} ${open.length === 1 ? '1 question is' : `${open.length} questions are`} still open.`,
    ...open.map(({ name, cells, rounds, needs }) => {
      const ms = prices.all(cells) * Math.max(1, needs - rounds);
      return `Open: ${name}; ${Number.isFinite(ms) ? `about ${seconds(ms)} more` : 'no time can be named'}.`;
    }),
  ];
}

function seconds(ms: number): string {
  return ms < 90_000 ? `${Math.max(1, Math.round(ms / 1_000))} s` : `${Math.round(ms / 60_000)} min`;
}
