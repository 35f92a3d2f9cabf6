import type { ClockRecord } from '../contract/home-session.js';
import type { CallParts, CallTrace } from '../contract/trace.js';

/* What is written of one cell in one round, and what it holds: the lines of `results.ndjson` that are measured. */

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
  /** In the other accounts the cell was clearly behind after the rounds before. */
  readonly only?: 'resident';
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

export type Outcome = (Measured | Wrong | Crashed | Limited | Skipped) & {
  /** The cell or the whole machine was stopped for so long, which is in no limit but may be in a sample. */
  readonly pausedMs?: number;
};

export interface Measured {
  readonly status: 'measured';
  /** This and `warm` are absent where `only` says that the resident account alone was measured. */
  readonly oneShot?: OneShotRecord;
  readonly warm?: WarmRecord;
  readonly resident: ResidentRecord | NotApplicable;
  /** High-water mark of the process tree, reset after generation, read before verification. */
  readonly peakBytes: number;
  /** What the process held before the first session: the interpreter and the input. */
  readonly baseBytes: number;
  /** 'ints' where every value is a small integer. */
  readonly elements: 'ints' | 'doubles';
  /** Only of programs: how their own clock goes beside the driver's around each timed message. */
  readonly clocks?: ClockRecord;
}

/** Every account was measured. */
export type MeasuredInFull = Measured & Required<Pick<Measured, 'oneShot' | 'warm'>>;

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

/** Over its time or memory limit, or refused by the machine: a bound, not a time. */
export interface Limited {
  readonly status: 'limit';
  /** `room`: on a disk or in /dev/shm; `processes`: or threads; `files`: open ones. */
  readonly limit: 'time' | 'memory' | 'room' | 'processes' | 'files';
  /** With what helps, where the machine refused. */
  readonly message: string;
  /** The machine refused it, which says nothing of the strategy. Absent: the run's own limit was hit. */
  readonly by?: 'machine';
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
  /** Longest time in a call during which the main thread's event loop could not turn. Absent where nobody looked. */
  readonly stallNs?: number;
  /** Time in which workers ran the kernel, summed over workers, mean per call. Absent without workers. */
  readonly busyNs?: number;
  /** place, compute, collect, release one after another. Where the strategy has no `run`, `samplesNs` is its sum. */
  readonly stages?: StageSeries;
  /** A call after the timed ones, from what its threads stamped. Only in the first rounds, and only with workers. */
  readonly trace?: CallTrace | CallParts;
}

/** compute alone, into outputs that were there before. */
export interface ResidentRecord extends Series {
  readonly status: 'measured';
  /** The data is larger than the place: compute includes streaming it. */
  readonly streamed: boolean;
  readonly busyNs?: number;
}
