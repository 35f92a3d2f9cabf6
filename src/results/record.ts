import type { CallParts, CallTrace } from '../contract/trace.js';
import { type DeepReadonly, v } from './valid.js';

/*
 * What is written of one cell in one round, and what it holds: the lines of `results.ndjson` that are measured. Each
 * schema is the one description of its part: the types below are derived from it, what is written is checked with it,
 * and what is read, too. Further fields are let through.
 */

/** JSON has no infinity, but a number that is too large is read as one. */
export const number = v.pipe(v.number(), v.finite());
export const count = v.pipe(number, v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** In ns: 30 years, and less than light takes through an atom. What lies beyond is no time, and sums and ratios of it are no numbers. */
const mostNs = 1e18;
const leastNs = 1e-9;
const isNs = (value: unknown) =>
  typeof value === 'number' && (value === 0 || (value >= leastNs && value <= mostNs));
const ns = v.custom<number>(isNs, `it must be a time in ns, 0 or from ${leastNs} to ${mostNs}`);
/** A difference of times may be below zero. */
const signedNs = v.pipe(v.number(), v.minValue(-mostNs), v.maxValue(mostNs));
/** In one go: a file has millions of them. */
const times = v.custom<readonly number[]>(
  (list) => Array.isArray(list) && list.every(isNs),
  `it must be a list of times in ns, each 0 or from ${leastNs} to ${mostNs}`,
);

/** Far more than anybody measures; lists are made of this length. */
export const mostRounds = 1e9;

/** What the driver saw of the machine just before a cell and over its life; what the system does not tell is absent. */
const machine = v.object({
  /** Time of a fixed amount of work just before the cell: it grows where the processor's clock is throttled. */
  spinNs: ns,
  /** Load average of the last minute, the cells' own work included. */
  load1: v.optional(number),
  /** Share of all processors' time over the cell's life, 0 to 1, that other programs took. */
  othersShare: v.optional(number),
  /** Share of all processors' time over the cell's life, 0 to 1, that the hypervisor took for other machines. */
  stealShare: v.optional(number),
  /** Memory that could be had before the cell without swapping. */
  freeBytes: v.optional(number),
});

/** One account's samples: times per call, in order of arrival. */
const series = v.object({
  samplesNs: times,
  /** Calls that were timed together and divided: 1, or more for calls below 100 µs. */
  passes: v.pipe(number, v.minValue(1)),
  /** Calls before the first sample. */
  warmupCalls: number,
  /** CPU time of all processes, mean per call. */
  cpuNs: signedNs,
  /** Time in garbage collection inside the samples, all isolates, mean per call. */
  gcNs: signedNs,
  /** Time in which workers ran the kernel, summed over workers, mean per call. Absent without workers. */
  busyNs: v.optional(signedNs),
});

/** Times of each phase per call, in order of arrival. A phase that the clock cannot resolve holds zeros or steps. */
const stageSeries = v.object({
  ...series.entries,
  phasesNs: v.object({ place: times, compute: times, collect: times, release: times }),
});

/** Activities are not looked through: a newer file may have more of them. */
const thread = v.object({
  spans: v.array(v.tupleWithRest([v.string(), signedNs, signedNs], number)),
  gc: v.array(v.tuple([signedNs, signedNs])),
});
const trace: v.GenericSchema<unknown, CallTrace | CallParts> = v.variant('kind', [
  v.object({
    kind: v.literal('spans'),
    totalNs: ns,
    caller: thread,
    workers: v.array(thread),
    estimated: v.array(v.string()),
  }),
  v.object({
    kind: v.literal('parts'),
    totalNs: ns,
    spans: v.optional(number),
    partsNs: v.record(v.string(), signedNs),
    estimated: v.array(v.string()),
  }),
]) as never;

/** First session in a process that holds the data; cold code. `totalNs` is the sum of the phases. */
const oneShot = v.object({
  totalNs: ns,
  phases: v.object({
    importNs: signedNs,
    /** The part of `importNs` that is the kernel's module, the user's own. Absent before version 3, and of programs. */
    kernelNs: v.optional(signedNs),
    openNs: signedNs,
    runNs: signedNs,
    closeNs: signedNs,
  }),
  /** CPU time of all processes during it. */
  cpuNs: signedNs,
});

/**
 * Fresh data into an open session, answer out: a steady series back to back, in a heap that has settled, with no
 * collection but the engine's own. Before version 3: garbage was collected before each call, or calls were too short for it.
 */
const warm = v.object({
  ...series.entries,
  /**
   * Whether calls meet data that no cache has any more, or the same dictionary again and again. Absent before version 3:
   * the same one, with its first number altered in every other call.
   */
  data: v.optional(v.picklist(['fresh', 'in cache'])),
  /**
   * Why it is in cache: it was asked for, memory has no room for the copies, all copies that are made fit into the last
   * cache, or a program has its data once. Absent for fresh data.
   */
  dataBecause: v.optional(v.picklist(['asked', 'memory', 'small', 'program'])),
  /** The whole time of the series by its calls, collections (`gcNs`) included. Absent before version 3. */
  meanNs: v.optional(ns),
  /** Pages that the cell's process touched for the first time, its threads included, mean per call. Absent before version 3. */
  newPages: v.optional(count),
  /** A diagnostic: calls without garbage, collected before each of them. Absent before version 3, and for short calls. */
  collected: v.optional(series),
  /** Only before version 3: time per call when garbage is left to the engine, of a few calls with pauses between. */
  naturalNs: v.optional(signedNs),
  /** Longest time in a call during which the main thread's event loop could not turn. Absent where nobody looked. */
  stallNs: v.optional(signedNs),
  /** place, compute, collect, release one after another. Where the strategy has no `run`, `samplesNs` is its sum. */
  stages: v.optional(stageSeries),
  /** A call after the timed ones, from what its threads stamped. Only in the first rounds, and only with workers. */
  trace: v.optional(trace),
});

/** compute alone, into outputs that were there before. */
const resident = v.object({
  ...series.entries,
  status: v.literal('measured'),
  /** The data is larger than the place: compute includes streaming it. */
  streamed: v.boolean(),
});

const notApplicable = v.object({ status: v.literal('not applicable'), reason: v.string() });

/** How far a program's own times lie from the driver's around each message. */
const clocks = v.object({
  /** Timed messages. */
  messages: number,
  /** Of them, those whose two times lie more than 5 % + 0.2 ms apart. */
  apart: number,
  /** The widest gap among those. */
  widest: v.optional(v.object({ message: v.string(), insideNs: number, outsideNs: number })),
});

/** Of every outcome: the cell or the whole machine was stopped for so long, which is in no limit but may be in a sample. */
const paused = { pausedMs: v.optional(count) };

const measured = v.object({
  ...paused,
  status: v.literal('measured'),
  /** This and `warm` are absent where `only` says that the resident account alone was measured. */
  oneShot: v.optional(oneShot),
  warm: v.optional(warm),
  resident: v.variant('status', [resident, notApplicable]),
  /** High-water mark of the process tree, reset after generation, read before verification. */
  peakBytes: count,
  /** What the process held before the first session: the interpreter and the input. */
  baseBytes: number,
  /** 'ints' where every value is a small integer. */
  elements: v.picklist(['ints', 'doubles']),
  /** Only of programs: how their own clock goes beside the driver's around each timed message. */
  clocks: v.optional(clocks),
});

/** A wrong answer: its times are not kept. `message`: which call, which key, which index, expected and got. */
const wrong = v.object({ ...paused, status: v.literal('wrong'), message: v.string() });

/** The strategy threw, or its process died. */
const crashed = v.object({
  ...paused,
  status: v.literal('crashed'),
  message: v.string(),
  exitCode: v.optional(number),
  signal: v.optional(v.string()),
  stderrTail: v.optional(v.string()),
});

/** Over its time or memory limit, or refused by the machine: a bound, not a time. */
const limited = v.object({
  ...paused,
  status: v.literal('limit'),
  /** `room`: on a disk or in /dev/shm; `processes`: or threads; `files`: open ones. */
  limit: v.picklist(['time', 'memory', 'room', 'processes', 'files']),
  /** With what helps, where the machine refused. */
  message: v.string(),
  /** The machine refused it, which says nothing of the strategy. Absent: the run's own limit was hit. */
  by: v.optional(v.literal('machine')),
  /** For time: the one-shot session takes longer than this. */
  boundNs: v.optional(ns),
});

/** Not run, for a reason that lies in the plan: an earlier round showed that it hits its limit. */
const skipped = v.object({ ...paused, status: v.literal('skipped'), message: v.string() });

export const outcomeSchema = v.variant('status', [measured, limited, wrong, crashed, skipped]);

/** One cell in one round: one fresh Node process. */
export const cellRecordSchema = v.object({
  type: v.literal('cell'),
  cell: v.string(),
  /** From 0. */
  round: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostRounds)),
  /** Place in the run's order, from 0. */
  order: number,
  /** Since the run began. */
  startedMs: number,
  elapsedMs: number,
  /** In the other accounts the cell was clearly behind after the rounds before. */
  only: v.optional(v.literal('resident')),
  outcome: outcomeSchema,
  /** The machine around this cell; absent in simulated runs. */
  machine: v.optional(machine),
});

type Of<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

export type CellRecord = Of<typeof cellRecordSchema>;
export type MachineRecord = Of<typeof machine>;
export type Outcome = Of<typeof outcomeSchema>;
export type Measured = Of<typeof measured>;
export type Crashed = Of<typeof crashed>;
export type Limited = Of<typeof limited>;
export type NotApplicable = Of<typeof notApplicable>;
export type OneShotRecord = Of<typeof oneShot>;
export type Series = Of<typeof series>;
export type StageSeries = Of<typeof stageSeries>;
export type WarmRecord = Of<typeof warm>;
export type ResidentRecord = Of<typeof resident>;

/** Every account was measured. */
export type MeasuredInFull = Measured & Required<Pick<Measured, 'oneShot' | 'warm'>>;

/** The samples of a series, and of its phases where it has stages, put through `of`. */
function mapSeries<S extends Series>(one: S, of: (samplesNs: readonly number[]) => readonly number[]): S {
  return { ...one, samplesNs: of(one.samplesNs) };
}

/**
 * The outcome with every series of samples put through one function, and every phase through another: what the driver
 * keeps in memory, and what is written, differ from what was measured in nothing else.
 */
export function mapSamples(
  outcome: Outcome,
  of: (samplesNs: readonly number[]) => readonly number[],
  ofPhase = of,
): Outcome {
  if (outcome.status !== 'measured') return outcome;
  const { warm: run, resident: inPlace } = outcome;
  const stages = run?.stages && {
    ...mapSeries(run.stages, of),
    phasesNs: {
      place: ofPhase(run.stages.phasesNs.place),
      compute: ofPhase(run.stages.phasesNs.compute),
      collect: ofPhase(run.stages.phasesNs.collect),
      release: ofPhase(run.stages.phasesNs.release),
    },
  };
  return {
    ...outcome,
    ...(run && {
      warm: {
        ...mapSeries(run, of),
        ...(run.collected && { collected: mapSeries(run.collected, of) }),
        ...(stages && { stages }),
      },
    }),
    resident: inPlace.status === 'measured' ? mapSeries(inPlace, of) : inPlace,
  };
}

/**
 * Digits of a sample that are kept. A clock of 1 ns tells 5 of a batch of 100 µs, and a division by its calls makes up
 * a dozen more: they were two thirds of a results file.
 */
const digits = 7;

/**
 * The outcome with as many digits as a clock can tell. It is done before anything is worked out or written, so that
 * the run, its file and every later report see the same numbers.
 */
export function withClockDigits(outcome: Outcome): Outcome {
  return mapSamples(outcome, (samplesNs) => samplesNs.map((sample) => Number(sample.toPrecision(digits))));
}
