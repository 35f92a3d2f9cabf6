import type { CellRecord } from '../results/format.js';

/** A cell to measure next. */
export interface Turn {
  readonly cell: string;
  readonly round: number;
}

/**
 * Decides which cells come next. Serves measure: it is asked again whenever its last batch is done, with all records
 * so far, and ends the run by returning nothing.
 */
export interface Planner {
  next(records: readonly CellRecord[]): readonly Turn[] | undefined;
  /** Turns that are still to come, as far as is known: for the time left. */
  left(records: readonly CellRecord[]): readonly Turn[];
}
