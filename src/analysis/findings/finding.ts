import type { ClockRecord } from '../../contract/program.js';
import type { Account, Point } from '../../contract/scenario.js';
import type { Table } from '../table.js';
import type { AccountAnalysis, CrossoverQuestion, Estimate, Interval } from '../types.js';

/** Nothing but the doubt itself. */
type Nothing = Readonly<Record<never, never>>;

/** What each doubt is about, by its id. Shares are fractions; a series is a cell in one account. */
export interface FindingFacts {
  readonly 'nothing-measured': Nothing;
  /** Records that there are; the cells are those that never ran. */
  readonly interrupted: { readonly records: number };
  readonly 'cells-wrong': Nothing;
  readonly 'cells-crashed': Nothing;
  /** What other programs took of the machine's time; where the system does not tell, the load. */
  readonly 'busy-machine':
    | { readonly kind: 'share'; readonly share: number }
    | { readonly kind: 'load'; readonly load: number };
  readonly 'stolen-time': { readonly share: number };
  /** How much longer a fixed piece of work took in the slowest round than in the fastest. */
  readonly 'throttled-clock': { readonly longer: number };
  /** An axis says how much work a list is; the reference took `factor` times as long as it says. */
  readonly 'work-off-axis': { readonly option: string; readonly factor: number };
  /** Measured before version 3 of the format: garbage is left out of warm times, and data is in cache. */
  readonly 'older-series': { readonly version: number };
  /** The same data again and again, as `--cache warm` asks. */
  readonly 'cache-warm': Nothing;
  /** Cells whose warm calls met data that a cache still had, for a reason that nobody asked for. */
  readonly 'data-in-cache': { readonly because: 'memory' | 'small' | 'program' };
  readonly 'quick-run': Nothing;
  /** Rounds behind the figures. */
  readonly 'few-rounds': { readonly rounds: number };
  readonly 'first-round-slower': { readonly slower: number };
  /** From the first round to the last; below 0 it became faster. */
  readonly 'drift-over-rounds': { readonly change: number };
  readonly 'two-modes': { readonly apart: number };
  /** Places where the mean over all calls and the median call have different winners. */
  readonly 'typical-call-differs': { readonly places: readonly TypicalPlace[] };
  readonly 'series-falling': { readonly series: number };
  readonly 'series-rising': { readonly series: number };
  readonly 'series-jumping': { readonly series: number };
  readonly 'timer-too-coarse': { readonly series: number; readonly steps: number };
  /** `worst`: share of a cell's messages. */
  readonly 'program-clocks-apart': {
    readonly apartShare: number;
    readonly apartNs: number;
    readonly worst: number;
    readonly widest?: NonNullable<ClockRecord['widest']>;
  };
  readonly 'garbage-collection': { readonly series: number; readonly above: number; readonly worst: number };
  /** Shares of the warm call in which new memory takes most; `strategy` is whose call it is. */
  readonly 'new-memory': NewMemory;
  readonly 'memory-above-estimate': { readonly above: number };
  readonly 'memory-near-limit': { readonly above: number };
  /** `uneven`: parts of a core. */
  readonly 'quota-below-cores': { readonly uneven: boolean };
  readonly 'more-workers-than-cores': { readonly workers: number };
  readonly 'wide-intervals': { readonly wide: number; readonly times: number; readonly above: number };
  readonly 'speed-up-above-workers': { readonly places: readonly FastPlace[] };
  readonly 'bracket-too-wide': { readonly crossovers: readonly WideCrossover[] };
}

/** Who wins by the mean over all calls, and who by the median call. */
export interface TypicalPlace {
  readonly account: Account;
  readonly point: Point;
  readonly byMean: string;
  readonly byMedian: string;
}

/** What of a call new memory is, and garbage that is collected to have some. */
export interface NewMemory {
  readonly strategy: string;
  readonly point: Point;
  readonly touchShare: number;
  readonly gcShare: number;
}

/** A strategy with workers that is faster than their number. */
export interface FastPlace {
  readonly strategy: string;
  readonly account: Account;
  readonly point: Point;
  readonly speedUp: Estimate;
  readonly workers: number;
}

/** A crossover that lies somewhere between two points of the sweep. */
export interface WideCrossover {
  readonly axis: string;
  readonly question: CrossoverQuestion;
  readonly account: Account;
  readonly interval: Interval;
}

export type FindingId = keyof FindingFacts;

/** A doubt about the run, found by one small function. What it is in words is said where it is shown. */
export interface FindingOf<Id extends FindingId> {
  readonly id: Id;
  readonly severity: 'note' | 'warning' | 'blocker';
  /** Labels of the strategies that it is about, each once; none where it is about the run as a whole. */
  readonly strategies: readonly string[];
  /** Ids of the cells that it is about, each once; none where it is about the run as a whole. */
  readonly cells: readonly string[];
  readonly facts: FindingFacts[Id];
}

export type Finding = { readonly [Id in FindingId]: FindingOf<Id> }[FindingId];

/** What a doubt may look at. */
export interface Evidence {
  readonly table: Table;
  readonly accounts: readonly AccountAnalysis[];
  readonly interrupted: boolean;
}

/** A doubt about a run: one suspicion, nothing where it is unfounded. */
export type Doubt = (evidence: Evidence) => Finding[];

/** A strategy in a cell. */
export interface Concerned {
  readonly strategy: string;
  readonly cell: string;
}

/** What a finding is about, each strategy and cell once. */
export function concerning(these: readonly Concerned[]): Pick<Finding, 'strategies' | 'cells'> {
  return {
    strategies: [...new Set(these.map(({ strategy }) => strategy))],
    cells: [...new Set(these.map(({ cell }) => cell))],
  };
}

/** About the run as a whole. */
export const wholeRun: Pick<Finding, 'strategies' | 'cells'> = { strategies: [], cells: [] };
