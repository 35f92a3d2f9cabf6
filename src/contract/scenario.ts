import type { Form } from './dictionary.js';
import type { KernelRef } from './kernel.js';

export type AxisValue = number | string;

/**
 * Axis name to its values; a sweep visits every combination. Of `workers`, a value like '2xcores' is so many per usable
 * core of the machine that measures.
 */
export type Axes = Readonly<Record<string, readonly AxisValue[]>>;

/** One value of each axis. */
export type Point = Readonly<Record<string, AxisValue>>;

export type Account = 'one-shot' | 'warm' | 'resident';

/** A dictionary from a file: a JSON object of number arrays, NDJSON `{key, values}`, or rows to be grouped. */
export interface DataSource {
  /** Path, a pattern like `data/*.csv`, a path inside `package`, or `-` for standard input. */
  readonly file: string;
  /** npm package that ships the file. */
  readonly package?: string;
  /** Column, or member of records, whose text becomes the key. Here and below `#2` names a column by its place. */
  readonly groupBy?: string;
  /** Column, or member of records, of numbers. Without `groupBy` it is one list. */
  readonly value?: string;
  /** Columns that are lists of their own, separated by commas, or `*` for all; with `groupBy` per key. */
  readonly columns?: string;
  /** The part of a JSON document that holds the lists, like `training.history`. */
  readonly at?: string;
  /** What separates the fields of a table; found by counting where absent. */
  readonly delimiter?: string;
  /** Whether a table's first line names its columns; asked where it looks like data. */
  readonly header?: 'first' | 'none';
  /** What text is written in, as the WHATWG names it: utf-8 (where absent), latin1, utf-16le, … */
  readonly encoding?: string;
  /** Words that stand for a missing value, instead of the usual ones (NA, N/A, null, -, …). */
  readonly missing?: readonly string[];
  /** How one thousand two hundred thirty-four and a half is written: `1,234.5`, `1.234,5`, `$1,234.5`, … */
  readonly numberFormat?: string;
  /** Rows of a wrong length and stray quotes are counted, not refused. */
  readonly lenient?: boolean;
  /** Whole numbers beyond 2^53 are rounded and counted, not refused. */
  readonly round?: boolean;
}

/** What the source of a question says, to be confirmed, refuted, left undecided, or shown to be not testable here. */
export interface Claim {
  readonly says: string;
  /** Cores of the machine on which it was said: with fewer usable cores a claim about workers is not testable. */
  readonly cores?: number;
  readonly account: Account;
  /** Strategy id, family name, or 'parallel' (threads and processes), expected to be faster … */
  readonly faster: string;
  /** … than this one. */
  readonly than: string;
  /** The points it speaks of; an axis that is not named may have any value. */
  readonly where: Axes;
}

/** What may have a price: stages of the warm account, of the one-shot session, or the warm or resident account as a whole. */
export const pricedPhases = [
  'place',
  'compute',
  'collect',
  'release',
  'import',
  'open',
  'close',
  'warm',
  'resident',
] as const;
export type PricedPhase = (typeof pricedPhases)[number];

/** A part of what a strategy does, as a row of the verdict's price list. */
export interface Price {
  /** What it is, for a reader: "structuredClone of a list". */
  readonly what: string;
  /** Label of the strategy that does it. */
  readonly strategy: string;
  readonly of: PricedPhase;
  /** 'event': its time does not depend on the size of the data. 'number': so much per event, and so much per number. */
  readonly per: 'event' | 'number';
  /** What the source of the question measured, in ns per event or per number: from … to. */
  readonly source?: { readonly low: number; readonly high: number };
}

/** What parts of the strategies' work cost, as a section of the verdict with a table and charts. */
export interface PriceList {
  readonly rows: readonly Price[];
  /**
   * The strategies are no rivals: the verdict has the list in place of winners, crossovers and formulas, and nobody is
   * measured in fewer rounds for being slow. Neither `budget` nor `--budget` goes with it.
   */
  readonly alone?: true;
}

/** One question as plain data. The file name is its id. */
export interface Scenario {
  readonly title: string;
  readonly question: string;
  /** `module` is the id of a kernel of the catalog, or an href. Options may be swept as axes. */
  readonly kernel: KernelRef;
  readonly from: Form;
  readonly data?: DataSource;
  readonly sweeps: readonly Axes[];
  /** A smaller set of sweeps for `--quick`, with what it leaves out. */
  readonly quick: readonly Axes[];
  readonly quickNote?: string;
  /**
   * 'node', also where absent: every strategy that ships for plain Node, whichever there are. Or ids, labels and files,
   * among which 'node' stands for all of those, and
   * '!id' leaves one of them out.
   */
  readonly strategies?: 'node' | readonly string[];
  /** What `--budget default` stands for, like '60s' or '5m': about what its full sweeps need for an answer. */
  readonly budget?: string;
  readonly claims: readonly Claim[];
  readonly prices?: PriceList;
  /** The verdict has a section on bytes per second, by size of the data and by the machine's caches. */
  readonly bandwidth?: true;
}

/** Types a scenario; returns it unchanged. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
