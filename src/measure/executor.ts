import type { Outcome } from '../results/format.js';
import type { CellOrder } from './order.js';

/**
 * Measures one cell once. Whatever goes wrong in a cell is its outcome; it rejects only with a RunError, where the data
 * of the run is gone and no cell could go on.
 */
export interface Executor {
  run(order: CellOrder, signal: AbortSignal): Promise<Outcome>;
}

/** The run's own clock: for order, budgets and progress, not for samples. */
export interface Clock {
  nowMs(): number;
}

export const realClock: Clock = { nowMs: () => performance.now() };
