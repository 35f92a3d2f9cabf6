import type { Analysis } from '../../../analysis/types.js';
import type { Pointer } from '../pointers.js';
import type { Place } from './page.js';

/** What a pointer leads to, with everything it lies in. */
export interface Subject {
  readonly pointer: Pointer;
  /** From a root to what is pointed at, for each of `from`. */
  readonly chains: readonly (readonly unknown[])[];
  /** Labels of the run's strategies. */
  readonly labels: readonly string[];
}

/** Where the figures of one kind of sentence or column stand, and what they may lead to. All that is given must hold. */
export interface MeaningRule {
  /** Heading of the section; any where it is absent. */
  readonly section?: RegExp;
  /** Head of the column; a rule without it is of no body of a table. */
  readonly column?: RegExp;
  /** Of the line, or of the cell, in front of the figure. */
  readonly before?: RegExp;
  readonly after?: RegExp;
  readonly line?: RegExp;
  readonly text?: RegExp;
  /** A word in the table's head besides. */
  readonly table?: RegExp;
  /** What each pointer of the figure is; with several in their order, the last for all that are left. */
  readonly leads: RegExp | readonly RegExp[];
  /** The figure is no value of an axis that merely was measured. Of a column it is so unless it is told otherwise. */
  readonly noAxis?: boolean;
  /** `anyone`: the sentence does not name whose figure it is. A function tells it, or names whose it must be. */
  readonly whose?: 'anyone' | ((place: Place) => string | undefined);
  /** What besides must hold: a sentence on what is wrong, or nothing. */
  readonly also?: (place: Place, subject: Subject) => string | undefined;
}

/** Text of a row's cell under a head. */
export function cellUnder({ table }: Place, head: RegExp): string | undefined {
  return table?.row[table.head.findIndex((each) => head.test(each))];
}

/** Pointers into one account's points. */
export function cell(account: 0 | 1 | 2 | 'any', what: string): RegExp {
  const index = account === 'any' ? '\\d' : account;
  return new RegExp(`^analysis:/accounts/${index}/points/\\d+/(beside/\\d+/)?cells/\\d+/${what}$`);
}

/** How often the cell that was measured most often was. */
export const measuredRounds = {
  leads: /^analysis:(\/accounts\/\d\/points\/\d+\/cells\/\d+\/state\/time)?\/rounds$/,
  whose: 'anyone',
  also: (_place: Place, { pointer, chains }: Subject) => {
    const [analysis] = chains[0] as [Analysis];
    const cells = analysis.accounts.flatMap(({ points }) => points.flatMap((point) => point.cells));
    const rounds = cells.map(({ state }) => (state.kind === 'measured' ? state.time.rounds : 0));
    const isMost = chains[0].at(-1) === Math.max(0, ...rounds);
    return isMost ? undefined : `${pointer.from[0]} is not the most`;
  },
} as const satisfies MeaningRule;
