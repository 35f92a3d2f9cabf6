import type { Table } from '../table.js';
import type { AccountAnalysis, Finding } from '../types.js';

/** What a doubt may look at. */
export interface Evidence {
  readonly table: Table;
  readonly accounts: readonly AccountAnalysis[];
  readonly interrupted: boolean;
}

/** A doubt about a run: one suspicion, nothing where it is unfounded. */
export type Doubt = (evidence: Evidence) => Finding[];

/** `a, b, c and 4 more`. */
export function some(names: readonly string[], most = 3): string {
  const unique = [...new Set(names)];
  const rest = unique.length - most;
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ');
}

/** `1 cell`, `3 cells`. */
export function plural(count: number, noun: string): string {
  // One series, two series.
  return `${count} ${noun}${count === 1 || noun.endsWith('s') ? '' : 's'}`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
