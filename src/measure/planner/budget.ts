import { analyseAccount } from '../../analysis/account.js';
import { leastRounds } from '../../analysis/estimate.js';
import { isBaseline } from '../../analysis/group.js';
import { linesOf } from '../../analysis/line.js';
import { accounts, tableOf } from '../../analysis/table.js';
import { pointKey } from '../../contract/axes.js';
import type { Point } from '../../contract/scenario.js';
import { formatWait } from '../../document/units.js';
import { traitsOf } from '../../results/older-traits.js';
import type { Planner, RunState, Step, Turn } from '../measure.js';
import { openFields } from './fields.js';
import { type Answers, type OpenQuestion, openQuestions, openRegions, wideBrackets } from './open.js';
import { type Prices, pricesOf } from './prices.js';
import { doneTurns, runnable, shuffledRound, turnKey } from './rounds.js';
import { mostRoundsUntilAnswered, nextLook, mostRounds as usualMost } from './rules.js';
import { butOnlyResident, hopelesslyOut, type Out, outCells, seeminglyOut } from './settling.js';
import { type Held, Looks, msToSettle, nextStint } from './stints.js';

export interface BudgetOptions {
  readonly budgetMs: number;
  /** A cell is not measured more often than this, however open its question is. */
  readonly mostRounds?: number;
  /** Stops where every field is answered by side, at a loss within the margin, rather than where all is known. */
  readonly until?: 'answered';
}

export interface BudgetPlanner extends Planner {
  /** Points and crossovers that it held for open when it was last asked. */
  readonly open: readonly OpenQuestion[];
}

/** Enough draws for decisions between rounds; the report takes more. */
const draws = 400;

/** Points added along one line, at most: what is not found after so many is not a crossover. */
const mostAdded = 8;

/**
 * Spends a budget where the doubt is, or, with `until`, as much of it as the answers take: there it asks of each field
 * which side to take and what that can cost, looks at a question five times at most, and adds no points.
 *
 * First a pilot: every cell once, which prices it. What is many times slower than
 * the fastest of its point, in every account, stops; the rest gets the four rounds without which nothing wins. Then,
 * as long as the budget lasts: new points around crossovers whose bracket is wide, and rounds for the pairs and
 * crossovers that are still open (tachometer's rule "until the interval says so", for a whole sweep), those that need
 * the least time first, in stints of most of the time that they are told (see `nextStint`). What cannot be settled within the budget is left, and said.
 *
 * All that it keeps between calls is when it looks at a question again, and that follows from the states before: a
 * resumed run is gone through again from its beginning, and so goes on as it would have.
 */
export function budgetPlanner({
  budgetMs,
  until,
  mostRounds = until === undefined ? usualMost : mostRoundsUntilAnswered,
}: BudgetOptions): BudgetPlanner {
  const looks = new Looks(until === undefined ? undefined : (_, done) => nextLook(done));
  const looksAtRegions = new Looks();
  let held: readonly Held[] = [];
  const next = (state: RunState): Step => {
    const pilot = unfinished(state, runnable(state), 0);
    if (pilot.length > 0) return withinBudget(pilot, state, budgetMs);
    const analysis = answersOf(state);
    const prices = pricesOf(state);
    const leftMs = budgetMs - state.elapsedMs;

    const out = outCells(analysis, until === undefined ? hopelesslyOut : seeminglyOut);
    const base = basicRounds(state, until === undefined ? out : withRepeats(out, state));
    if (base.length > 0) return withinBudget(base, state, budgetMs);

    const added = until === undefined ? newPoints(analysis, state) : [];
    if (added.length > 0) {
      return {
        kind: 'add points',
        points: added,
        because: 'a crossover lies between points that are more than a factor of 2 apart',
      };
    }
    const means = { state, prices, leftMs, mostRounds };
    const questions = until === undefined ? openQuestions(analysis) : openFields(analysis);
    // What would take more rounds than anything gets is not begun.
    held = looks.open(
      questions.filter(({ needs }) => needs <= mostRounds),
      state,
    );
    const turns = nextStint(held, means);
    if (turns.length > 0) return { kind: 'measure', turns };
    // Who is faster comes before by how much: regions are asked about once nothing else can be settled.
    const regions = until === undefined ? openRegions(analysis) : [];
    const more = nextStint(looksAtRegions.open(regions, state), means);
    // The last look is at everything, as the report's is.
    return more.length > 0
      ? { kind: 'measure', turns: more }
      : { kind: 'stop', because: summing([...questions, ...regions], prices, state, budgetMs) };
  };
  return {
    next,
    get open() {
      return held.map(({ question }) => question);
    },
    left: (state) => unfinished(state, runnable(state), 0),
  };
}

/** Points and crossovers; nothing else that a report adds decides anything here. */
export function answersOf({ header, records }: RunState): Answers {
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

/** Two rounds are enough for who runs the for-loop's own loop again, beside others that somebody could choose. */
const repeatsRounds = 2;

function withRepeats(out: Out, { header, records }: RunState): Out {
  if (header.scenario.kernel.kind === 'wait') return out;
  const repeats = header.strategies.filter((strategy) => traitsOf(strategy).baselineLoop);
  const labels = new Set(repeats.map(({ label }) => label));
  const others = header.strategies.filter(({ label }) => !labels.has(label));
  if (labels.size === 0 || others.length < 2 || !others.some(isBaseline)) return out;
  const done = new Map<string, number>();
  for (const { cell } of records) done.set(cell, (done.get(cell) ?? 0) + 1);
  const enough = header.cells.filter(
    ({ id, strategy }) => labels.has(strategy) && (done.get(id) ?? 0) >= repeatsRounds,
  );
  return { ...out, wholly: new Set([...out.wholly, ...enough.map(({ id }) => id)]) };
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
    for (const value of around(at, low)) {
      if (value > low && value < high && !values.has(value)) {
        const point = { ...fixed, [axis]: value };
        points.set(pointKey(point), point);
      }
    }
  }
  return [...points.values()];
}

/**
 * A factor of 2 apart at most: rounded towards each other, since a step of 2.03 would be as wide a bracket as before.
 * Whole numbers where the axis has whole numbers; three digits are enough for both.
 */
function around(at: number, neighbour: number): [low: number, high: number] {
  const [low, high] = [at / Math.SQRT2, at * Math.SQRT2];
  const step = (value: number) => {
    const digits = 10 ** (Math.floor(Math.log10(value)) - 2);
    return Number.isInteger(neighbour) ? Math.max(1, digits) : digits;
  };
  const rounded = (value: number, to: typeof Math.ceil) =>
    Number((to(value / step(value)) * step(value)).toPrecision(6));
  return [rounded(low, Math.ceil), rounded(high, Math.floor)];
}

function initialValues({ header }: RunState, axis: string): number {
  return new Set(header.scenario.sweeps.flatMap((sweep) => sweep[axis] ?? [])).size;
}

/** What is settled, what is not, and about how much more time each open question needs. */
function summing(open: readonly OpenQuestion[], prices: Prices, state: RunState, budgetMs: number): string[] {
  const spent = `Budget: ${formatWait(state.elapsedMs)} of ${formatWait(budgetMs)} used.`;
  if (open.length === 0) return [`${spent} Every question of this run is settled.`];
  return [
    `${spent} ${open.length === 1 ? '1 question is' : `${open.length} questions are`} still open.`,
    ...open.map((question) => {
      const ms = msToSettle(question, prices);
      return `Open: ${question.name}; ${Number.isFinite(ms) ? `about ${formatWait(ms)} more` : 'no time can be named'}.`;
    }),
  ];
}
