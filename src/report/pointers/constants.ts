import { leastRounds, level } from '../../analysis/estimate.js';
import { wellExplained } from '../../analysis/path/details.js';
import { threshold } from '../../model/scaling/metg.js';
import { noted } from './note.js';

/** Rounds from which on a run is a full one (DESIGN rule 10). */
export const fullRounds = 8;

/** Numbers of the tool's own that reports print, by name. */
export const toolConstants: Readonly<Record<string, string>> = {
  'level of intervals': `${100 * level} %`,
  'least rounds': `${leastRounds}`,
  'rounds of a full run': `${fullRounds}`,
  'share of a call that is well explained': `${100 * wellExplained} %`,
  'efficiency of METG': `${100 * threshold} %`,
};

/** One of them, as it is printed. */
export function constant(name: keyof typeof toolConstants): string {
  return noted(toolConstants[name], { kind: 'tool', name });
}
