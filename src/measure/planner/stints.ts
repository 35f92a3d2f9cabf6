import type { RunState, Turn } from '../measure.js';
import type { OpenQuestion } from './open.js';
import type { Prices } from './prices.js';
import { shuffledRound } from './rounds.js';
import { stintOf } from './rules.js';

/** A question that goes on without being looked at. Rounds are those of its least measured cell. */
export interface Held {
  readonly question: OpenQuestion;
  readonly done: number;
  /** At so many rounds it is looked at again. */
  readonly lookAt: number;
  /** At so many it should be settled, as was told at the last look. */
  readonly toldAt: number;
}

/** What a stint is taken from. */
export interface Means {
  readonly state: RunState;
  readonly prices: Prices;
  readonly leftMs: number;
  readonly mostRounds: number;
}

/** Of the time that is left, at most this share goes into one step: prices are estimates. */
const shareOfLeft = 0.5;

/**
 * Which questions are open, where each is looked at only after its stint: most of the time that it was told.
 *
 * A look after every round ends a question as soon as chance lets it, and that is neither when it was told nor always
 * right: an interval that is looked at often leaves out the truth more often than it says. What is kept here between
 * looks follows from the states that the planner was asked in, and a resumed run goes through all of them again.
 */
export class Looks {
  /** `lookAt`: at how many rounds a question that is open now is looked at again. */
  constructor(
    private readonly lookAt: (question: OpenQuestion, done: number) => number = (question, done) =>
      done + stintOf(question),
  ) {}

  private readonly until = new Map<string, Omit<Held, 'done'> & { readonly from: number }>();

  /** `seen`: what a look at everything would find open now. */
  open(seen: readonly OpenQuestion[], state: RunState): Held[] {
    const rounds = roundCounts(state);
    const doneOf = ({ cells }: OpenQuestion) => Math.min(...cells.map((cell) => rounds.get(cell) ?? 0));
    for (const [key, { question, from, lookAt }] of this.until) {
      const done = doneOf(question);
      // One that had to wait is told anew: what was settled meanwhile may have made it easier.
      if (done >= lookAt || done === from) this.until.delete(key);
    }
    for (const question of seen) {
      // What nobody can name a time for has no stint: others' rounds may help it.
      if (this.until.has(question.key) || !Number.isFinite(question.needs)) continue;
      const done = doneOf(question);
      const toldAt = done + Math.max(1, question.needs - question.rounds);
      this.until.set(question.key, { question, from: done, toldAt, lookAt: this.lookAt(question, done) });
    }
    return [...this.until.values()].map((held) => ({ ...held, done: doneOf(held.question) }));
  }
}

/** What it takes to settle a question, as it is told. */
export function msToSettle({ cells, rounds, needs }: OpenQuestion, prices: Prices): number {
  return prices.all(cells) * Math.max(1, needs - rounds);
}

/**
 * The next stint: the question that can be settled first, as many rounds as it goes without a look, and with it those
 * whose own are not much longer; the rest waits. Empty where nothing can be settled in what is left.
 */
export function nextStint(open: readonly Held[], { state, prices, leftMs, mostRounds }: Means): Turn[] {
  const canBe = open
    .filter(({ done }) => done < mostRounds)
    .map((held) => ({ ...held, ms: prices.all(held.question.cells) * Math.max(1, held.toldAt - held.done) }))
    .filter(({ ms }) => ms <= leftMs)
    .sort((a, b) => a.ms - b.ms);
  if (canBe.length === 0) return [];
  const longest = 2 * (canBe[0].lookAt - canBe[0].done);
  const roundsOf = new Map<string, number>();
  let restMs = shareOfLeft * leftMs;
  for (const [place, { question, done, lookAt }] of canBe.entries()) {
    const more = question.cells.filter((cell) => !roundsOf.has(cell));
    const stint = Math.min(lookAt, mostRounds) - done;
    if (stint > longest || more.length === 0) continue;
    const fitting = Math.floor(restMs / prices.all(more));
    // The first one fits by a round at least: what settles it was found to fit.
    const rounds = Math.min(stint, place === 0 ? Math.max(1, fitting) : fitting);
    if (rounds < 1) continue;
    restMs -= rounds * prices.all(more);
    for (const cell of more) roundsOf.set(cell, rounds);
  }
  return turnsOf(roundsOf, state);
}

/** Round by round, each shuffled; all cells in the same rounds, so that pairs stay paired. */
function turnsOf(roundsOf: ReadonlyMap<string, number>, { records, header }: RunState): Turn[] {
  const last = records.reduce(
    (most, { cell, round }) => (roundsOf.has(cell) ? Math.max(most, round) : most),
    -1,
  );
  return Array.from({ length: Math.max(...roundsOf.values()) }, (_, i) => {
    const cells = [...roundsOf].flatMap(([cell, rounds]) => (i < rounds ? [cell] : []));
    return shuffledRound(cells, header.seed, last + 1 + i);
  }).flat();
}

function roundCounts({ records }: RunState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { cell } of records) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}
