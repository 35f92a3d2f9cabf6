import { priceMs } from '../measure/known-prices.js';
import type { LeftTurn } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import type { CellHeader } from '../results/format.js';

/** How long the cells of a plan will take. */
export function predictTime({ header, order }: Plan): TimeLeft {
  return new TimeLeft((id) => priceMs(findCell(header.cells, id), order(id), header));
}

export function findCell(cells: readonly CellHeader[], id: string): CellHeader {
  const cell = cells.find((each) => each.id === id);
  if (cell === undefined) throw new Error(`the plan has no cell ${id}`);
  return cell;
}

/**
 * How long the rest takes: each cell by its own earlier rounds; before it had one by its price, a guess that is
 * corrected by how far the guesses were off so far.
 */
export class TimeLeft {
  private readonly took = new Map<string, { sumMs: number; times: number }>();
  private measuredMs = 0;
  private pricedMs = 0;

  constructor(private readonly priceMs: (cell: string) => number) {}

  note(turn: Named, elapsedMs: number): void {
    const { sumMs, times } = this.took.get(name(turn)) ?? { sumMs: 0, times: 0 };
    this.took.set(name(turn), { sumMs: sumMs + elapsedMs, times: times + 1 });
    this.measuredMs += elapsedMs;
    this.pricedMs += this.priceMs(turn.cell);
  }

  estimateMs(turns: readonly Named[]): number {
    const correction = this.pricedMs > 0 ? this.measuredMs / this.pricedMs : 1;
    return turns.reduce((sum, turn) => {
      // Without a round of its own kind a part of a cell is held for the whole: too much rather than too little.
      const own = this.took.get(name(turn)) ?? this.took.get(turn.cell);
      return sum + (turn.times ?? 1) * (own ? own.sumMs / own.times : this.priceMs(turn.cell) * correction);
    }, 0);
  }
}

type Named = Pick<LeftTurn, 'cell' | 'only' | 'times'>;

function name({ cell, only }: Named): string {
  return only === undefined ? cell : `${cell} ${only}`;
}
