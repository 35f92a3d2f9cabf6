import { parallel } from './group.js';
import type { Entry, Table } from './table.js';

/** Workers of a pool at its point; 1 for what runs on a single thread, and for a program that does not say. */
export function workersAt({ header }: Table, { cell, strategy }: Entry): number {
  if (!parallel(strategy) && !strategy.onWorkers) return 1;
  return Number(cell.point.workers ?? header.defaults.workers ?? 1);
}
