import type { Form } from '../contract/dictionary.js';
import type { Options } from '../contract/kernel.js';
import type { Account, Axes, Claim, Point } from '../contract/scenario.js';
import type { Family } from '../contract/strategy.js';

/*
 * The results file, `results.ndjson`: one JSON object per line, appended as the run goes. The first line is the
 * RunHeader, then one CellRecord per cell and round in the order of measuring, with a CellsRecord before the first
 * record of cells that were added on the way, last an EndRecord. Where a run was interrupted and resumed, the EndRecord
 * of the interruption stays in the middle; the last line alone says how the run ended.
 *
 * History of the version:
 *   1  first version
 */
export const formatName = 'breakeven-results';
export const formatVersion = 1;

/** Everything that analysis and report need besides the samples, so that neither loads a plug-in. */
export interface RunHeader {
  readonly type: 'run';
  readonly format: typeof formatName;
  readonly version: number;
  readonly tool: string;
  /** Run id, also the name of its folder. */
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The command line that made it, after `breakeven`. */
  readonly command: readonly string[];
  readonly scenario: ScenarioHeader;
  readonly strategies: readonly StrategyHeader[];
  readonly cells: readonly CellHeader[];
  /** Axes that no sweep names, with the value that they have at every point. */
  readonly defaults: Point;
  readonly rounds: number;
  readonly seed: number;
  readonly quick: boolean;
  /** Two strategies are `same` where the whole interval of their ratio lies within 1 ± margin. */
  readonly margin: number;
  /** A cell that takes longer than this is killed and recorded as a bound. */
  readonly limitMs: number;
  /** Measuring stops after about this time; absent where rounds decide. */
  readonly budgetMs?: number;
  readonly host: HostRecord;
  /** What `calibrate` of the kernel fixed for this machine, with its date; absent where there is nothing to calibrate. */
  readonly calibration?: { readonly options: Options; readonly at: string };
}

export interface ScenarioHeader {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly from: Form;
  readonly sweeps: readonly Axes[];
  /** What quick sweeps leave out; only in quick runs. */
  readonly quickNote?: string;
  readonly claims: readonly Claim[];
  readonly kernel: KernelHeader;
  /** Only for real data. */
  readonly data?: DataHeader;
}

export interface KernelHeader {
  readonly id: string;
  readonly title: string;
  readonly kind: 'map' | 'reduce' | 'wait';
  readonly options: Options;
}

export interface DataHeader {
  /** File name without folders. */
  readonly name: string;
  readonly keys: number;
  readonly elements: number;
  /** Rows or list items without a value: left out of the lists, never turned into 0. */
  readonly missing: number;
  readonly shortest: number;
  readonly longest: number;
}

export interface StrategyHeader {
  /** id, or id[option=value] */
  readonly label: string;
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly options: Options;
  /** The strategy reads `workers`: threads or processes. */
  readonly parallel: boolean;
}

export interface CellHeader {
  /** Unique in the file: `c1`, `c2`, … */
  readonly id: string;
  /** Label of the strategy. */
  readonly strategy: string;
  readonly point: Point;
  readonly keys: number;
  readonly elements: number;
  /** Estimated peak memory of the cell's process tree. */
  readonly estimatedBytes: number;
  /** Present where the strategy cannot run this cell: why. Such a cell has no records. */
  readonly notApplicable?: string;
}

export interface HostRecord {
  /** Hash of what makes two machines different for a benchmark. */
  readonly fingerprint: string;
  readonly cpu: string;
  readonly cores: number;
  /** Affinity and cgroup quota, to 0.1. */
  readonly usableCores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly arch: string;
  readonly node: string;
  readonly v8: string;
  readonly clockStepNs: number;
}

/** One cell in one round: one fresh Node process. */
export interface CellRecord {
  readonly type: 'cell';
  readonly cell: string;
  /** From 0. */
  readonly round: number;
  /** Place in the run's order, from 0. */
  readonly order: number;
  /** Since the run began. */
  readonly startedMs: number;
  readonly elapsedMs: number;
  readonly outcome: Outcome;
  /** The machine around this cell; absent in simulated runs. */
  readonly machine?: MachineRecord;
}

/** What the driver saw of the machine just before a cell and over its life; what the system does not tell is absent. */
export interface MachineRecord {
  /** Time of a fixed amount of work just before the cell: it grows where the processor's clock is throttled. */
  readonly spinNs: number;
  /** Load average of the last minute, the cells' own work included. */
  readonly load1?: number;
  /** Of all processors' time over the cell's life, 0 to 1: taken by programs that do not belong to the run. */
  readonly othersShare?: number;
  /** Likewise: taken by the hypervisor for other machines. */
  readonly stealShare?: number;
  /** Memory that could be had before the cell without swapping. */
  readonly freeBytes?: number;
}

export type Outcome = Measured | Wrong | Crashed | Limited | Skipped;

export interface Measured {
  readonly status: 'measured';
  readonly oneShot: OneShotRecord;
  readonly warm: WarmRecord;
  readonly resident: ResidentRecord | NotApplicable;
  /** High-water mark of the process tree, reset after generation, read before verification. */
  readonly peakBytes: number;
  /** What the process held before the first session: the interpreter and the input. */
  readonly baseBytes: number;
  /** 'ints' where every value is a small integer. */
  readonly elements: 'ints' | 'doubles';
}

/** A wrong answer: its times are not kept. */
export interface Wrong {
  readonly status: 'wrong';
  /** Which call, which key, which index, expected and got. */
  readonly message: string;
}

/** The strategy threw, or its process died. */
export interface Crashed {
  readonly status: 'crashed';
  readonly message: string;
  readonly exitCode?: number;
  readonly signal?: string;
  readonly stderrTail?: string;
}

/** Over its time or memory limit: a bound, not a time. */
export interface Limited {
  readonly status: 'limit';
  readonly limit: 'time' | 'memory';
  readonly message: string;
  /** For time: the one-shot session takes longer than this. */
  readonly boundNs?: number;
}

/** Not run, for a reason that lies in the plan: an earlier round showed that it hits its limit. */
export interface Skipped {
  readonly status: 'skipped';
  readonly message: string;
}

export interface NotApplicable {
  readonly status: 'not applicable';
  readonly reason: string;
}

/** First session in a process that holds the data; cold code. `totalNs` is the sum of the phases. */
export interface OneShotRecord {
  readonly totalNs: number;
  readonly phases: {
    readonly importNs: number;
    readonly openNs: number;
    readonly runNs: number;
    readonly closeNs: number;
  };
  /** CPU time of all processes during it. */
  readonly cpuNs: number;
}

/** One account's samples: times per call, in order of arrival. */
export interface Series {
  readonly samplesNs: readonly number[];
  /** Calls that were timed together and divided: 1, or more for calls below 100 µs. */
  readonly passes: number;
  /** Calls before the first sample. */
  readonly warmupCalls: number;
  /** CPU time of all processes, mean per call. */
  readonly cpuNs: number;
  /** Time in garbage collection inside the samples, all isolates, mean per call. */
  readonly gcNs: number;
}

/** Times of each phase per call, in order of arrival. A phase that the clock cannot resolve holds zeros or steps. */
export interface StageSeries extends Series {
  readonly phasesNs: {
    readonly place: readonly number[];
    readonly compute: readonly number[];
    readonly collect: readonly number[];
    readonly release: readonly number[];
  };
}

/** Fresh data into an open session, answer out; steady state. */
export interface WarmRecord extends Series {
  /** Time per call when garbage is left to the engine: sustained throughput. Absent for calls below 1 ms. */
  readonly naturalNs?: number;
  /** Longest time in a call during which the main thread's event loop could not turn. */
  readonly stallNs: number;
  /** Time in which workers ran the kernel, summed over workers, mean per call. Absent without workers. */
  readonly busyNs?: number;
  /** place, compute, collect, release one after another. Where the strategy has no `run`, `samplesNs` is its sum. */
  readonly stages?: StageSeries;
}

/** compute alone, into outputs that were there before. */
export interface ResidentRecord extends Series {
  readonly status: 'measured';
  /** The data is larger than the place: compute includes streaming it. */
  readonly streamed: boolean;
  readonly busyNs?: number;
}

/** Cells that were added on the way, where the answer was still open. Their records follow. */
export interface CellsRecord {
  readonly type: 'cells';
  readonly cells: readonly CellHeader[];
  /** A sentence. */
  readonly because: string;
}

export interface EndRecord {
  readonly type: 'end';
  readonly status: 'finished' | 'interrupted';
  readonly elapsedMs: number;
  /** Sentences of the planner: what is settled, what is not, and about how much more time it needs. */
  readonly because: readonly string[];
}

export type JournalLine = RunHeader | CellRecord | CellsRecord | EndRecord;

/** A results file as read: what analysis works on. */
export interface Results {
  /** With the cells that were added on the way. */
  readonly header: RunHeader;
  readonly records: readonly CellRecord[];
  /** Absent where the run was cut off. */
  readonly end?: EndRecord;
  /** What the reader had to leave out (a torn last line), as sentences. */
  readonly notes: readonly string[];
}

export type { Account };
