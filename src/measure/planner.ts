import type { Point } from '../contract/scenario.js';
import type { CellRecord, RunHeader } from '../results/format.js';

/** A cell to measure next. */
export interface Turn {
  readonly cell: string;
  readonly round: number;
  /** Leave out the other accounts: they are settled, and dear. */
  readonly only?: 'resident';
}

/** A cell that is still to come: in that round, or in so many rounds from it on. */
export interface LeftTurn extends Turn {
  readonly times?: number;
}

/** What has been measured so far: all that a planner decides from. */
export interface RunState {
  /** With the cells that were added on the way. */
  readonly header: RunHeader;
  readonly records: readonly CellRecord[];
  readonly elapsedMs: number;
}

export type Step =
  | { readonly kind: 'measure'; readonly turns: readonly Turn[] }
  /** New points of an axis; their cells are part of the state when the planner is asked again. */
  | { readonly kind: 'add points'; readonly points: readonly Point[]; readonly because: string }
  /** The run is over; the sentences go to the report. */
  | { readonly kind: 'stop'; readonly because: readonly string[] };

/** Decides what comes next, whenever the last step is done. Serves measure; asks analysis where it wants to. */
export interface Planner {
  next(state: RunState): Step;
  /** Turns that are still to come, as far as is known: for the time left. Asked before each cell: never as long as the plan. */
  left(state: RunState): readonly LeftTurn[];
}
