import type { Planner, RunState, Turn } from '../measure/planner.js';
import type { CellHeader, CellRecord } from '../results/format.js';
import { doneTurns, runnable, turnKey } from './turns.js';

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
