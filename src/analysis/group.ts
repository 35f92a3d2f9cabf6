import type { Family } from '../contract/strategy.js';
import type { RunHeader, StrategyHeader } from '../results/format.js';
import { traitsOf } from '../results/older-traits.js';

// The contract's own list is a value, and analysis takes only types from there.
const singleThreadFamilies: readonly Family[] = ['serial', 'concurrent', 'vectorized'];

export function singleThread({ family }: StrategyHeader): boolean {
  return singleThreadFamilies.includes(family);
}

/** Threads and processes. */
export function parallel({ family }: StrategyHeader): boolean {
  return family === 'threads' || family === 'processes';
}

/** The strategy that every ratio is held against. */
export function isBaseline(strategy: StrategyHeader): boolean {
  return traitsOf(strategy).baseline === true;
}

/** Its label; undefined where it took no part. */
export function baselineLabel({ strategies }: Pick<RunHeader, 'strategies'>): string | undefined {
  return strategies.find(isBaseline)?.label;
}

/** True where a claim's word means this strategy: a label, an id, a family, 'parallel' or 'single-thread'. */
export function isMeant(word: string, strategy: StrategyHeader): boolean {
  if (word === 'parallel') return parallel(strategy);
  if (word === 'single-thread') return singleThread(strategy);
  return word === strategy.label || word === strategy.id || word === strategy.family;
}
