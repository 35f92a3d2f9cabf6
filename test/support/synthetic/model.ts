import type { Axes, Claim, Point } from '../../../src/contract/scenario.js';
import type { Family } from '../../../src/contract/strategy.js';
import type { HostRecord, Outcome, WarmRecord } from '../../../src/results/format.js';

/** The point a cost function is asked about. */
export interface Shape {
  readonly point: Point;
  readonly keys: number;
  readonly length: number;
  readonly elements: number;
  readonly workers: number;
}

export type Cost = (shape: Shape) => number;

/** Noise-free times of one strategy, in ns. */
export interface StrategyModel {
  /** id, or id[option=value]. */
  readonly label: string;
  readonly title?: string;
  readonly family: Family;
  /** Its data starts in this program. */
  readonly program?: string;
  readonly importNs?: number;
  readonly openNs?: number;
  readonly closeNs?: number;
  readonly compute: Cost;
  /** With both, the strategy has stages and a resident account. */
  readonly place?: Cost;
  readonly collect?: Cost;
  /** Warm time where it is not place + compute + collect. */
  readonly run?: Cost;
  /** Resident time where it is not `compute`; 'none' for a strategy that cannot keep data. */
  readonly resident?: Cost | 'none';
  /** Times of cold code over times of warm code in the one-shot run; default 1. */
  readonly cold?: number;
  /** What a traced call shows; no call is traced where it is absent. */
  readonly trace?: (shape: Shape) => WarmRecord['trace'];
  /** Reason where the strategy cannot run this point. */
  readonly notApplicable?: (shape: Shape) => string | undefined;
  /** What is not installed, where that is the reason. */
  readonly needs?: string;
}

/** Standard deviations on the log scale, and faults of a run; 0 where absent. */
export interface NoiseModel {
  /** Shared by all cells of a round: the state of the machine. Cancels in ratios. */
  readonly round?: number;
  /** Of one cell in one round: its process. This is what intervals must cover. Default 0.02. */
  readonly cell?: number;
  /** Of one sample. */
  readonly sample?: number;
  /** Log of the slow-down from the first cell of the run to the last. */
  readonly drift?: number;
  /** Log of the slow-down of round 0. */
  readonly firstRound?: number;
}

export interface SyntheticRun {
  readonly strategies: readonly StrategyModel[];
  readonly sweeps: readonly Axes[];
  /** Points that a planner added: measured like the others, but part of no sweep. */
  readonly added?: readonly Point[];
  readonly rounds?: number;
  readonly seed?: number;
  readonly noise?: NoiseModel;
  readonly scenario?: {
    readonly id?: string;
    readonly title?: string;
    readonly question?: string;
    readonly quickNote?: string;
  };
  readonly kind?: 'map' | 'reduce' | 'wait';
  readonly claims?: readonly Claim[];
  readonly margin?: number;
  readonly quick?: boolean;
  readonly budgetMs?: number;
  readonly until?: 'answered';
  readonly workers?: number;
  /** List length where no axis names it; default 1,000. Keys: default 8. */
  readonly length?: number;
  readonly keys?: number;
  readonly host?: Partial<HostRecord>;
  /** Replaces what the model would give. */
  readonly outcome?: (strategy: string, point: Point, round: number) => Outcome | undefined;
  /** The run was stopped after so many records. */
  readonly stopAfter?: number;
}
