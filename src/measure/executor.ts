import type { Outcome } from '../results/format.js';
import type { CellOrder } from './order.js';

/** Measures one cell once. Never rejects: whatever goes wrong in a cell is its outcome. */
export interface Executor {
  run(order: CellOrder, signal: AbortSignal): Promise<Outcome>;
}

/** The run's own clock: for order, budgets and progress, not for samples. */
export interface Clock {
  nowMs(): number;
}

export const realClock: Clock = { nowMs: () => performance.now() };
