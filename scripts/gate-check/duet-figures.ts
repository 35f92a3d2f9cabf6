import { grouped } from '../../src/analysis/grouped.js';
import { pointKey } from '../../src/contract/axes.js';
import type { Account, Point } from '../../src/contract/scenario.js';
import { median } from '../figures/figure.js';
import { percent } from '../proofs/proof.js';

/** One comparison of equal code. */
export interface DuetLine {
  readonly way: 'turns' | 'duet';
  /** From start to end, checkouts included. */
  readonly seconds: number;
  /** Times of cells of one thread that have an interval. */
  readonly rows: readonly {
    readonly strategy: string;
    readonly account: Account;
    readonly point: Point;
    /** log of head over base: its truth is 0. */
    readonly log: number;
    /** Of the 95 % interval, on the log scale. */
    readonly width: number;
    readonly red: boolean;
  }[];
}

/**
 * For each account: how wide intervals are in turns and in duet, and how much less time a duet needs for the same width
 * (widths fall with the root of the rounds). Equal code must not come out as different: what lies beside it is counted.
 */
export function describeDuet(lines: readonly DuetLine[]): string[] {
  const [turns, duet] = (['turns', 'duet'] as const).map((way) => lines.filter((line) => line.way === way));
  if (turns.length === 0 || duet.length === 0) return ['Nothing to compare yet: run it again to go on'];
  const accounts = [...new Set(lines.flatMap(({ rows }) => rows.map(({ account }) => account)))];
  const faster = median(turns.map(({ seconds }) => seconds)) / median(duet.map(({ seconds }) => seconds));
  return [
    `${turns.length} comparisons in turns, ${duet.length} in duet; a duet takes ${(1 / faster).toFixed(2)} of the time`,
    ...accounts.map((account) => {
      const [before, after] = [turns, duet].map((some) => widthOf(some, account));
      const gain = (before / after) ** 2 * faster;
      return `${account}: intervals are ${percent(Math.expm1(before))} wide in turns and ${percent(Math.expm1(after))} in duet; the same width in ${gain.toFixed(1)} times less time`;
    }),
    ...[turns, duet].map((some) => {
      const rows = some.flatMap((line) => line.rows);
      const beside = rows.filter(({ log, width }) => Math.abs(log) > width / 2).length;
      const red = rows.filter((row) => row.red).length;
      return `${some[0].way}: of ${rows.length} intervals of equal code ${beside} leave out 1× (expected ${Math.round(0.05 * rows.length)}), ${red} red`;
    }),
  ];
}

/** The median over cells of their mean: a cell that is noisy by itself decides nothing. */
function widthOf(lines: readonly DuetLine[], account: Account): number {
  const rows = lines.flatMap((line) => line.rows.filter((row) => row.account === account));
  const cells = grouped(rows, ({ strategy, point }) => `${strategy} ${pointKey(point ?? {})}`);
  return median(
    [...cells.values()].map((cell) => cell.reduce((sum, { width }) => sum + width, 0) / cell.length),
  );
}
