import { leastRounds } from '../../analysis/estimate.js';
import type { CellHeader, CellRecord } from '../../results/format.js';
import { seededRandom, shuffled } from '../../results/random.js';
import type { Planner, RunState, Turn } from '../measure.js';

/** Every cell once per round, as many rounds as the header says, each round in an order of its own. */
export function everyRound(): Planner {
  return byRounds((round, state) => shuffledRound(runnable(state), state.header.seed, round));
}

/** Round after round, as `turnsOf` says; what is done of a round already is left out. */
export function byRounds(
  turnsOf: (round: number, state: RunState) => readonly Turn[],
  because: () => readonly string[] = () => [],
): Planner {
  const leftOf = (round: number, state: RunState): Turn[] => {
    const done = doneTurns(state);
    return turnsOf(round, state).filter((turn) => !done.has(turnKey(turn)));
  };
  // Rounds are done one after another, and what is done stays done: never looked through again from the first one.
  let from = 0;
  const open = (state: RunState): { round: number; turns: readonly Turn[] } | undefined => {
    for (; from < state.header.rounds; from++) {
      const turns = leftOf(from, state);
      if (turns.length > 0) return { round: from, turns };
    }
    return undefined;
  };
  return {
    next: (state) => {
      const turns = open(state)?.turns;
      return turns === undefined ? { kind: 'stop', because: because() } : { kind: 'measure', turns };
    },
    left: (state) => {
      const now = open(state);
      if (now === undefined) return [];
      const times = state.header.rounds - now.round - 1;
      const later = times === 0 ? [] : turnsOf(now.round + 1, state);
      return [...now.turns, ...later.map((turn) => ({ ...turn, times }))];
    },
  };
}

/** Ids of the cells that can be measured. */
export function runnable({ header }: RunState): string[] {
  return header.cells.filter(({ notApplicable }) => notApplicable === undefined).map(({ id }) => id);
}

/** One round's turns in an order that depends on seed and round alone: a resumed run goes on in the same order. */
export function shuffledRound(cells: readonly string[], seed: number, round: number): Turn[] {
  // Seeds are whole numbers of any size: rounds far apart in the stream of one seed, neighbours in none.
  return shuffled(cells, seededRandom(seed * 1_009 + round)).map((cell) => ({ cell, round }));
}

export function doneTurns({ records }: RunState): ReadonlySet<string> {
  return new Set(records.map(turnKey));
}

export function turnKey({ cell, round }: Turn): string {
  return `${cell} ${round}`;
}

/**
 * A planner of rounds that begins no further round once so much time has passed, but gives every cell the rounds that
 * an interval needs.
 */
export function timeCap(inner: Planner, untilMs: number): Planner {
  return {
    next: (state) => {
      const step = inner.next(state);
      if (step.kind !== 'measure' || state.elapsedMs < untilMs) return step;
      const round = Math.min(...step.turns.map((turn) => turn.round));
      if (round < leastRounds) return step;
      return {
        kind: 'stop',
        because: [
          `Stopped after ${round} of ${state.header.rounds} rounds: the time for this part was over.`,
        ],
      };
    },
    left: (state) => inner.left(state),
  };
}

export interface OneByOneOptions {
  /** Place of a cell in the order, by what is known so far; undefined for one that is not wanted. */
  readonly rank: (cell: CellHeader, state: RunState) => number | undefined;
  /** No cell is begun after this … */
  readonly mostMs: number;
  /** … but so many, without which there is no answer at all. */
  readonly least: number;
  /** Places from here on are for the time that is left over: nobody is told to wait for them. */
  readonly spare: number;
  /** After such a record the others would tell nothing. */
  readonly stopsAt: (record: CellRecord, cell: CellHeader) => boolean;
}

/** Some cells, each once and in an order that is given: where somebody waits for the answer. */
export function oneByOne({ rank, mostMs, least, spare, stopsAt }: OneByOneOptions): Planner {
  const left = (state: RunState, below = Number.POSITIVE_INFINITY): Turn[] => {
    const cells = new Map(state.header.cells.map((cell) => [cell.id, cell]));
    const last = state.records.at(-1);
    const lastCell = last === undefined ? undefined : cells.get(last.cell);
    const isOver = state.elapsedMs > mostMs && state.records.length >= least;
    if (isOver || (last && lastCell && stopsAt(last, lastCell))) return [];
    const done = doneTurns(state);
    return runnable(state)
      .flatMap((id) => {
        const cell = cells.get(id);
        const place = cell === undefined ? undefined : rank(cell, state);
        return place === undefined || place >= below ? [] : [{ turn: { cell: id, round: 0 }, place }];
      })
      .sort((a, b) => a.place - b.place)
      .map(({ turn }) => turn)
      .filter((turn) => !done.has(turnKey(turn)));
  };
  return {
    next: (state) => {
      const [turn] = left(state);
      return turn === undefined ? { kind: 'stop', because: [] } : { kind: 'measure', turns: [turn] };
    },
    left: (state) => left(state, spare),
  };
}
