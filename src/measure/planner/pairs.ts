import { leastRounds } from '../../analysis/estimate.js';
import { seededRandom, shuffled } from '../../results/random.js';
import type { Planner, RunState, Turn } from '../measure.js';
import { pricesOf } from './prices.js';
import { doneTurns, turnKey } from './rounds.js';

/** Two cells that are measured one right after the other. */
export interface Pair {
  readonly base: string;
  readonly head: string;
}

export interface PairsOptions {
  /** Of every pair; where there is a time, of every pair that has not been settled before. */
  readonly rounds: number;
  /** Cells that only one side has: one round shows whether they answer rightly. */
  readonly alone?: readonly string[];
  /** Measuring stops after this; rounds go on until then while a pair is open. */
  readonly maxTimeMs?: number;
  /** Pairs that need no further round, asked between rounds; only with a time. */
  settled?(state: RunState): ReadonlySet<Pair>;
}

/** What is not settled after so many will not be. */
const mostRounds = 40;

/**
 * Round after round, every pair once, in a shuffled order; within a pair either side may come first. What the machine
 * does over minutes hits both sides of a pair alike, and what it does over seconds hits them at random.
 *
 * With a time, rounds go on while a pair is open. A pair leaves early only where both sides were shown to be the same, or
 * differ beyond doubt: stopping as soon as something looks slower would find it slower too often.
 */
export function pairsPlanner(pairs: readonly Pair[], options: PairsOptions): Planner {
  const { rounds, alone = [], maxTimeMs, settled } = options;
  const last = maxTimeMs === undefined ? rounds : mostRounds;
  let decided: { readonly round: number; readonly out: ReadonlySet<Pair> } = { round: 0, out: new Set() };
  const turnsOf = (round: number, state: RunState): Turn[] => {
    const random = seededRandom(state.header.seed * 1_009 + round);
    const left = pairs.filter((pair) => round < leastRounds || !decided.out.has(pair));
    const groups = [
      ...left.map(({ base, head }) => (random.uniform() < 0.5 ? [base, head] : [head, base])),
      ...(round === 0 ? alone.map((cell) => [cell]) : []),
    ];
    return shuffled(groups, random).flatMap((cells) => cells.map((cell) => ({ cell, round })));
  };
  const open = (round: number, state: RunState): Turn[] => {
    const done = doneTurns(state);
    return turnsOf(round, state).filter((turn) => !done.has(turnKey(turn)));
  };
  // Rounds are done one after another, and what is done stays done: never looked through again from the first one.
  let from = 0;
  const firstOpen = (state: RunState): number => {
    while (from < last && open(from, state).length === 0) from++;
    return from;
  };
  return {
    next: (state) => {
      for (let round = maxTimeMs === undefined ? firstOpen(state) : 0; round < last; round++) {
        if (
          round >= leastRounds &&
          settled !== undefined &&
          maxTimeMs !== undefined &&
          decided.round < round
        ) {
          // From the rounds before alone, so that a resumed job decides as the unbroken one did.
          const before = state.records.filter((record) => record.round < round);
          decided = { round, out: new Set([...decided.out, ...settled({ ...state, records: before })]) };
        }
        if (pairs.length > 0 && decided.out.size === pairs.length)
          return { kind: 'stop', because: ['Every pair is settled.'] };
        const turns = open(round, state);
        if (turns.length === 0) continue;
        if (maxTimeMs === undefined || round === 0) return { kind: 'measure', turns };
        const leftMs = maxTimeMs - state.elapsedMs;
        if (leftMs < pricesOf(state).all(turns.map(({ cell }) => cell)))
          return {
            kind: 'stop',
            because: [`The time was up after ${round} rounds; ${pairsIn(turns)} cells were still open.`],
          };
        return { kind: 'measure', turns };
      }
      return { kind: 'stop', because: maxTimeMs === undefined ? [] : ['The most rounds are done.'] };
    },
    left: (state) => {
      if (maxTimeMs !== undefined) return open(0, state);
      const round = firstOpen(state);
      const times = last - round - 1;
      const later = times > 0 ? turnsOf(round + 1, state).map((turn) => ({ ...turn, times })) : [];
      return round >= last ? [] : [...open(round, state), ...later];
    },
  };
}

function pairsIn(turns: readonly Turn[]): number {
  return Math.ceil(turns.length / 2);
}
