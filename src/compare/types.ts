import type { FindingFacts } from '../analysis/findings/finding.js';
import type { CrossoverQuestion, Estimate, SomeRounds } from '../analysis/types.js';
import type { Account, Point } from '../contract/scenario.js';
import type { HostRecord, StrategyHeader } from '../results/format.js';
import type { HistoryReport, Past } from './history/history.js';
import type { GatePower } from './power.js';
import type { ProfileReport } from './profile.js';

/** How two runs belong together, which decides how they are compared. */
export type Pairing =
  /** Measured round by round in one job: a round of the one is paired with the same round of the other. */
  | 'interleaved'
  /** One after the other on one machine: rounds are not paired (Welch). */
  | 'separate'
  /** On different machines: only ratios to for-loop, taken within each file, are compared. */
  | 'across hosts';

export type Quantity = 'time' | 'cpu' | 'memory' | 'ratio to for-loop';

/**
 * `same`: the whole interval lies within 1 ± margin. `slower` and `faster` (for memory: more and less) are corrected
 * over all cells by Holm's method, as the labels of a verdict are.
 */
export type ChangeLabel = 'slower' | 'faster' | 'same' | 'undecided';

/** What is compared: one quantity of one strategy. */
export interface Asked {
  readonly scenario: string;
  readonly strategy: string;
  readonly quantity: Quantity;
  /** Absent for memory, which a cell has once. */
  readonly account?: Account;
  /** Absent where all points of the strategy are taken together. */
  readonly point?: Point;
  /** How many points stand behind it. */
  readonly points: number;
}

/** One thing that was measured on both sides. */
export interface Compared extends Asked {
  /** ns or bytes: geometric means over points; ratios to for-loop have no unit. */
  readonly base: Estimate;
  readonly head: Estimate;
  /** head over base: above 1 is slower, or more. */
  readonly ratio: Estimate;
  /** Standard deviation of the base's rounds, as a share: 0.02 is 2 %. */
  readonly noise: number;
  /** As a share: only what is surely beyond it is red. */
  readonly limit: number;
  readonly label: ChangeLabel;
  /** Slower beyond the limit, corrected over everything that was asked. */
  readonly red: boolean;
  /** Only with a history that knows enough of this cell. */
  readonly past?: Past;
}

/** Where one side begins to pay along an axis, before and after. */
export interface CrossoverChange {
  readonly scenario: string;
  readonly account: Account;
  readonly question: CrossoverQuestion;
  readonly axis: string;
  readonly fixed: Point;
  /** Labels of those who win on the challengers' side, on either side of the change. */
  readonly challengers: readonly string[];
  readonly before: Crossing;
  readonly after: Crossing;
  /** Head's place over base's; absent where one of them has none. */
  readonly factor?: Estimate;
  /** Beyond the limit that the configuration sets for crossovers; never without one. */
  readonly red: boolean;
}

export type Crossing =
  /** The challenger pays from there on (`below: 'incumbent'`) or up to there. */
  | { readonly kind: 'at'; readonly at: number; readonly below: 'challenger' | 'incumbent' }
  | { readonly kind: 'always' | 'never' };

export interface WinnerChange {
  readonly scenario: string;
  readonly account: Account;
  readonly point: Point;
  readonly before: string;
  readonly after: string;
}

/** A cell that has no time on head, or had none on base. */
export interface FailureChange {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: Point;
  /** `refused`: by the machine (memory, processes, room on a disk). */
  readonly how: 'wrong' | 'crashed' | 'limit' | 'refused' | 'fixed';
  /** The first message: of what failed on head, or, of a cell that was fixed, on base. */
  readonly reason: string;
  readonly in?: SomeRounds;
  /** Did it fail in the same way before? */
  readonly before: boolean;
  /** A wrong answer always, what the machine refused never; the rest where it is new. */
  readonly red: boolean;
}

export interface UnmatchedCell {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: Point;
}

/** Why a cell has no times on one side. */
export interface WithoutTimes {
  readonly how: 'wrong' | 'crashed' | 'limit' | 'not measured';
  readonly reason: string;
  readonly in?: SomeRounds;
}

/** A cell of both sides that has no times on one of them, or on both. A side that has times is absent. */
export interface UncomparedCell extends UnmatchedCell {
  readonly base?: WithoutTimes;
  readonly head?: WithoutTimes;
}

/** How much of what both sides have was compared. */
export interface Coverage {
  /** Cells that both sides have, and that can run on both. */
  readonly cells: number;
  /** Those with times on both sides. */
  readonly compared: number;
  readonly uncompared: readonly UncomparedCell[];
}

/** What can be said of the machine between the two runs. */
export interface MachineChange {
  /** What all strategies have in common, head over base; absent with fewer than three, and where rounds are paired. */
  readonly common?: number;
  /** A fixed piece of work between the cells, head over base; absent in runs that did not look. */
  readonly spin?: number;
  /** The common factor was divided out of every figure. */
  readonly takenOut: boolean;
  /** Why the machine allows no verdict; absent where it does. */
  readonly unfit?: Unfit;
}

/** How times on head differ from those on base, as a factor from 1 on. */
export interface Shift {
  readonly factor: number;
  readonly longer: boolean;
}

/** Why a machine allows no verdict: other programs, the hypervisor, or that it was not the same machine on both sides. */
export type Unfit =
  | {
      readonly kind: 'busy';
      readonly facts: FindingFacts['busy-machine'];
      readonly host: Pick<HostRecord, 'usableCores'>;
    }
  | { readonly kind: 'stolen'; readonly facts: FindingFacts['stolen-time'] }
  /** All strategies changed together. */
  | ({ readonly kind: 'all strategies' } & Shift)
  /** A fixed piece of work between the cells did. */
  | ({ readonly kind: 'fixed work' } & Shift);

export interface SideInfo {
  /** How it was named: a folder, a baseline, a commit. */
  readonly name: string;
  readonly runs: readonly {
    readonly scenario: string;
    readonly run: string;
    readonly createdAt: string;
    readonly tool: string;
    readonly rounds: number;
  }[];
  readonly host: { readonly cpu: string; readonly usableCores: number; readonly node: string };
}

/** What is shown of a scenario, without its runs. */
export interface ScenarioInfo {
  readonly id: string;
  readonly title: string;
  readonly strategies: readonly StrategyHeader[];
}

/** What limits a comparison. */
export type ComparisonNote =
  /** A scenario that only one side has. */
  | { readonly kind: 'one side'; readonly scenario: string; readonly side: 'base' | 'head' }
  /** The kernel's code is another one: `file` is the first that differs. */
  | { readonly kind: 'other kernel'; readonly scenario: string; readonly file: string }
  | { readonly kind: 'duet'; readonly scenario: string }
  /** A page of new memory costs far more on one side. */
  | {
      readonly kind: 'other memory';
      readonly scenario: string;
      readonly baseNs: number;
      readonly headNs: number;
    }
  /** What a run says of itself. */
  | {
      readonly kind: 'of a run';
      readonly scenario: string;
      readonly side: 'base' | 'head';
      readonly note: string;
    }
  | {
      readonly kind: 'unfinished' | 'few rounds';
      readonly scenario: string;
      readonly side: 'base' | 'head';
    };

/** `nothing compared`: no cell has times on both sides. That nothing was found then says nothing. */
export type Verdict = 'regression' | 'unfit' | 'nothing compared' | 'undecided' | 'fine';

/** Two runs, compared: all that reports and exit codes are made from. A pure function of the results files and limits. */
export interface Comparison {
  readonly base: SideInfo;
  readonly head: SideInfo;
  readonly pairing: Pairing;
  readonly quick: boolean;
  /** Two times are the same within this. */
  readonly margin: number;
  readonly scenarios: readonly ScenarioInfo[];
  readonly verdict: Verdict;
  readonly coverage: Coverage;
  /** Strategies over all their points, then single cells, then CPU time, then memory. */
  readonly rows: readonly Compared[];
  readonly crossovers: readonly CrossoverChange[];
  readonly winners: readonly WinnerChange[];
  readonly failures: readonly FailureChange[];
  readonly newCells: readonly UnmatchedCell[];
  readonly removedCells: readonly UnmatchedCell[];
  readonly machine: MachineChange;
  /** What it would have seen, by family; absent where no time has a spread. */
  readonly power?: GatePower;
  readonly notes: readonly ComparisonNote[];
  /** Only with a history. */
  readonly history?: HistoryReport;
  /** Only where it was asked for. */
  readonly profile?: ProfileReport;
}
