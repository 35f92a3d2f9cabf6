import type { Turn } from '../measure/planner.js';

/**
 * How long the rest takes: each cell by its own earlier rounds; before it had one by its price, a guess that is
 * corrected by how far the guesses were off so far.
 */
export class TimeLeft {
  private readonly took = new Map<string, { sumMs: number; times: number }>();
  private measuredMs = 0;
  private pricedMs = 0;

  constructor(private readonly priceMs: (cell: string) => number) {}

  note(cell: string, elapsedMs: number): void {
    const { sumMs, times } = this.took.get(cell) ?? { sumMs: 0, times: 0 };
    this.took.set(cell, { sumMs: sumMs + elapsedMs, times: times + 1 });
    this.measuredMs += elapsedMs;
    this.pricedMs += this.priceMs(cell);
  }

  estimateMs(turns: readonly Pick<Turn, 'cell'>[]): number {
    const correction = this.pricedMs > 0 ? this.measuredMs / this.pricedMs : 1;
    return turns.reduce((sum, { cell }) => {
      const own = this.took.get(cell);
      return sum + (own ? own.sumMs / own.times : this.priceMs(cell) * correction);
    }, 0);
  }
}

/** 45 s, 3 min, 1 h 40 min: as exact as such a guess can be. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
