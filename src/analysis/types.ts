import type { Account, AxisValue, Claim, Point } from '../contract/scenario.js';
import type { RunHeader } from '../results/format.js';
import type { CallsAtPoint } from './calls.js';
import type { Decision } from './decision.js';
import type { Finding } from './findings/finding.js';
import type { PathDetails } from './path.js';
import type { BandwidthFigure, PricedList } from './section-types.js';

export type { Finding } from './findings/finding.js';
export type * from './section-types.js';

/** Closed range, 95 %. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A time in nanoseconds or a ratio. Below 4 rounds there is no interval, and so no winner. */
export interface Estimate {
  readonly value: number;
  readonly interval?: Interval;
  readonly rounds: number;
}

/** In how many of its rounds something happened to a cell. Absent where it was all of them. */
export interface SomeRounds {
  readonly rounds: number;
  readonly of: number;
}

/** What became of one cell in one account. `reason`: the first message of a round. */
export type CellState =
  | { readonly kind: 'measured'; readonly time: Estimate }
  /** Over its limit in a round at least. `overNs` (one-shot only) is a lower bound of its time; without it, it lost to all that finished. */
  | {
      readonly kind: 'bound';
      readonly overNs?: number;
      readonly reason: string;
      readonly in?: SomeRounds;
      /** The machine refused what it needs: no limit of the run, and no fault of the strategy. */
      readonly by?: 'machine';
    }
  /** `needs`: what is not installed, where that is the reason. */
  | { readonly kind: 'not applicable'; readonly reason: string; readonly needs?: string }
  /** Crashed or answered wrongly at least once: never ranks. */
  | {
      readonly kind: 'failed';
      readonly how: 'wrong' | 'crashed';
      readonly reason: string;
      readonly in?: SomeRounds;
    }
  /** The run ended before it was measured. */
  | { readonly kind: 'missing' };

/** Whether the samples within a process had arrived at a steady state. */
export type Settling = 'settled' | 'falling' | 'rising' | 'jumping' | 'not judged';

/** Means over rounds, per call; absent where this account or strategy has none. */
export interface CellDetails {
  readonly phasesNs: Readonly<Record<string, number>>;
  readonly cpuNs?: number;
  readonly gcNs?: number;
  /** Pages of memory that the process touched for the first time, per call. Warm only. */
  readonly newPages?: number;
  readonly stallNs?: number;
  readonly busyNs?: number;
  /** Sum of stages minus `run`: what overlapping sending and computing saved. */
  readonly overlapNs?: number;
  readonly naturalNs?: number;
  /** The median call: what a call takes where nothing holds it up. The time of the cell is the mean over all calls. */
  readonly typicalNs?: number;
  /** 99th percentile of all calls; only where at least 300 were timed one by one. */
  readonly slowest1In100Ns?: number;
  readonly peakBytes?: number;
  readonly streamed?: boolean;
  /** Only where the series had not settled: such a cell does not win on its mean alone. */
  readonly settling?: 'falling' | 'rising' | 'jumping';
  /** Warm, of strategies with workers: where the time of a call went. */
  readonly path?: PathDetails;
}

export interface CellAnalysis {
  readonly cell: string;
  readonly strategy: string;
  readonly point: Point;
  readonly keys: number;
  readonly elements: number;
  readonly state: CellState;
  /** Best single-thread time of the same point and account over this one's. Chosen again in each resample. */
  readonly speedUp?: Estimate;
  /** for-loop's time over this one's: never called speed-up. */
  readonly ratioToForLoop?: Estimate;
  readonly details: CellDetails;
}

/** Who wins at one point: one, several within the margin, or nobody that the data can name. */
export type Label =
  /** `lead`: the runner-up's time over the winner's; against nothing but cells over their limit, at least so much, without interval. */
  | { readonly kind: 'winner'; readonly strategy: string; readonly lead: Estimate }
  | { readonly kind: 'same'; readonly strategies: readonly string[] }
  | { readonly kind: 'undecided'; readonly strategies: readonly string[] }
  /** Nothing was measured, or one strategy alone: a race of one has no winner. */
  | { readonly kind: 'nobody' };

/** What can be said of the best strategy at a point, also where no winner can be named. */
export interface BestAnswer {
  /** Which side the best is on; absent where that is not decided. */
  readonly side?: 'one thread' | 'pool' | 'same';
  /** The one that seems to be the fastest. */
  readonly named: string;
  /** All that may be the fastest, 95 %. */
  readonly mayBeBest: readonly string[];
  /** What taking the named one costs at most against the true best, as a share, 95 %: 0.04 is 4 %. Absent below four rounds. */
  readonly loss?: number;
}

export interface PointAnalysis {
  readonly point: Point;
  readonly label: Label;
  /** Absent where fewer than two took part. */
  readonly best?: BestAnswer;
  /** Label of the fastest single-thread strategy by its estimate. */
  readonly bestSingleThread?: string;
  readonly cells: readonly CellAnalysis[];
  /** What is shown beside them, by program. */
  readonly beside: readonly BesideAnalysis[];
}

/**
 * Strategies whose data starts in a program, at one point: ranked among themselves, never against the others, since
 * nobody there pays for bringing data from Node. Their ratio is to Node's for-loop; they have no speed-up.
 */
export interface BesideAnalysis {
  /** Id of the program's manifest. */
  readonly program: string;
  readonly label: Label;
  readonly cells: readonly CellAnalysis[];
}

export type RegionWinner = 'challenger' | 'incumbent' | 'same' | 'undecided';

/** Points `from` … `to` of the axis (inclusive) with one answer; `challengers` are the ones that won it. */
export interface Region {
  readonly winner: RegionWinner;
  readonly from: number;
  readonly to: number;
  readonly challengers: readonly string[];
  readonly incumbents: readonly string[];
}

/** A border between two regions that a winner stands on each side of. Never outside the sweep. */
export interface Crossover {
  readonly at: number;
  readonly interval: Interval;
  /** True where the neighbouring points are more than a factor of 2 apart: then the interval is that bracket. */
  readonly bracketOnly: boolean;
  readonly below: 'challenger' | 'incumbent';
}

export type CrossoverQuestion = 'single-thread against for-loop' | 'parallel against best single-thread';

/** One number to keep in mind in place of a map: "the challenger from here on" (or below), and what that costs. */
export interface Threshold {
  /** First value of the upper side; infinite where one side is taken everywhere. */
  readonly from: number;
  /** Who is taken from there on; the other one below. */
  readonly above: 'challenger' | 'incumbent';
  /** Mean over the points of (time by the rule / best time − 1). */
  readonly loss: number;
}

/** One question along one numeric axis, everything else fixed. */
export interface CrossoverAnalysis {
  readonly question: CrossoverQuestion;
  readonly account: Account;
  readonly axis: string;
  /** The other axes' values. */
  readonly fixed: Point;
  readonly regions: readonly Region[];
  readonly crossovers: readonly Crossover[];
  /** Name for the region list, for the challenger. */
  readonly shape: 'always' | 'never' | 'same' | 'undecided' | 'one crossover' | 'several';
  /** The threshold that loses least, where the answer changes along the line and both sides have times. */
  readonly threshold?: Threshold;
}

/** From where on one parallel strategy pays, whatever the others do. */
export interface StrategyCrossover extends CrossoverAnalysis {
  readonly strategy: string;
}

export interface AccountAnalysis {
  readonly account: Account;
  readonly points: readonly PointAnalysis[];
  readonly crossovers: readonly CrossoverAnalysis[];
  /** Of each parallel strategy by itself; empty where there are fewer than three. */
  readonly each: readonly StrategyCrossover[];
}

/** After how many uses a one-time cost is paid back. */
export interface BreakEven {
  readonly kind: 'opening' | 'packing';
  readonly strategy: string;
  readonly against: string;
  readonly point: Point;
  readonly costNs: Estimate;
  /** Per warm run (opening) or per compute (packing); negative where there is a loss. */
  readonly gainNs: Estimate;
  /** Whole uses, rounded up; 'never' where the gain is not positive; 'undecided' where its interval holds zero. */
  readonly uses:
    | { readonly kind: 'after'; readonly uses: Estimate }
    | { readonly kind: 'never' }
    | { readonly kind: 'undecided' };
}

/** What a run says to a claim. */
export interface ClaimVerdict {
  readonly claim: Claim;
  readonly status: 'confirmed' | 'refuted' | 'undecided' | 'not testable';
  readonly because: ClaimReason;
  /** Labels of those that were compared, each once. */
  readonly strategies: readonly string[];
  /** Ids of the cells that the answer rests on. */
  readonly cells: readonly string[];
}

export type ClaimReason =
  /** No point of the run is one that it speaks of. */
  | { readonly kind: 'no point' }
  /** Words of the claim that no strategy of the run answers to. */
  | { readonly kind: 'did not take part'; readonly who: readonly string[] }
  /** Sides without a time; `together`: each has some, but never at the same point. */
  | { readonly kind: 'not measured'; readonly who: readonly string[]; readonly together?: true }
  /** `coresMissing`: it speaks of more cores than this machine can use, and they might turn the answer. */
  | { readonly kind: 'measured'; readonly tests: readonly ClaimTest[]; readonly coresMissing?: true };

/** A matching point with an answer: does the claimed one beat the other there? */
export interface ClaimTest {
  readonly point: Point;
  readonly winner: RegionWinner;
  /** The best of the side that is claimed to be faster, and of the other. */
  readonly one: string;
  readonly other: string;
  readonly found: /** `times` as fast, or as long: 1 or more. */
    | { readonly kind: 'as fast' | 'as long'; readonly times: Estimate }
    /** Who was over its limit. */
    | { readonly kind: 'over its limit'; readonly who: string };
}

/** The smallest difference that a run names in four of five cases, as a share: 0.02 is 2 %. */
export interface SmallestDifference {
  /** Median over all pairs of a point's fastest and another. */
  readonly all: number;
  /** Of pairs of strategies on one thread. */
  readonly oneThread?: number;
  /** Of pairs with a pool. */
  readonly pool?: number;
}

/** Everything that charts and verdict are drawn from. A pure function of a results file. */
export interface Analysis {
  readonly header: RunHeader;
  /** Rounds that were completed by every cell, at least. */
  readonly rounds: number;
  readonly interrupted: boolean;
  readonly accounts: readonly AccountAnalysis[];
  readonly decision: Decision;
  /** What a timeline is drawn from: a call of each strategy that the decision is about. */
  readonly calls: readonly CallsAtPoint[];
  readonly breakEven: readonly BreakEven[];
  readonly claims: readonly ClaimVerdict[];
  /** Only where the scenario asks for it. */
  readonly prices?: PricedList;
  /** Of every resident cell; empty where the results do not know the work. */
  readonly bandwidth: readonly BandwidthFigure[];
  readonly findings: readonly Finding[];
  /** Absent without any interval. */
  readonly smallestDifference?: SmallestDifference;
  readonly notes: readonly string[];
}

/** A line through the sweeps: one axis varies, the rest is fixed. What a chart shows on its x axis. */
export interface Slice {
  readonly axis: string;
  readonly values: readonly AxisValue[];
  readonly fixed: Point;
}
