import type { Compared } from '../../src/compare/types.js';

/** Strategies that a row is red for, each once. */
export function redStrategies(rows: readonly Compared[]): string[] {
  return [...new Set(rows.filter(({ red }) => red).map(({ strategy }) => strategy))];
}
