import type { Dictionary } from './dictionary.js';
import type { Kernel, KernelPlugin, KernelRef, Options } from './kernel.js';
import type { ClockRecord, HomeSession } from './program.js';

/** What a strategy does with the machine. Serial, concurrent and vectorized run on a single thread. */
export type Family = 'serial' | 'concurrent' | 'vectorized' | 'threads' | 'processes' | 'external';

export const singleThreadFamilies: readonly Family[] = ['serial', 'concurrent', 'vectorized'];

/** One key per message, chunks with equal numbers of elements, or so many keys per message. */
export type Chunk = 'key' | 'balanced' | number;

/** The part of the machine that a strategy may ask about. */
export interface StrategyHost {
  /** Processor affinity and cgroup quota, to 0.1. */
  readonly usableCores: number;
  readonly nodeVersion: string;
}

/** How a strategy's line looks on every chart. What is left out follows from the id, the same in every run. */
export interface LineStyle {
  /** `#RRGGBB`. */
  readonly colour?: string;
  readonly marker?: 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'plus' | 'star';
  readonly dash?: 'solid' | 'dashed' | 'dotted' | 'dash-dot';
  /** Only the outline of the marker is drawn, so that what lies beneath stays visible. */
  readonly hollow?: boolean;
}

/** What a strategy declares of itself beyond its family, so that nothing else needs to know it by its id. */
export interface StrategyTraits {
  /** The plain way that every ratio is held against. At most one strategy of a run declares it. */
  readonly baseline?: true;
  /**
   * On work that computes it runs the baseline's loop, list by list: there the two are one rival, and the baseline stands
   * for both. Where the kernel waits they are two.
   */
  readonly baselineLoop?: true;
  /**
   * Only of a single thread that computes in place and does nothing else there: the form that its lists have then. Its
   * resident time is the kernel's own in that form. Whatever is not 'list' is packed first.
   */
  readonly computesOn?: 'list' | 'typed' | 'wasm';
  readonly style?: LineStyle;
}

export interface OpenRequest {
  readonly kernel: Kernel;
  readonly ref: KernelRef;
  /** May a list be cut? Where it is 'elements', all lists may also be taken as one. */
  readonly split: KernelPlugin['split'];
  readonly workers: number;
  readonly chunk: Chunk;
  /** The strategy's own options, each one of the values that it declares. */
  readonly options: Options;
  /** Aborts when the cell is over its limit or interrupted. */
  readonly signal: AbortSignal;
}

/** Data that sits where the strategy computes. A stage returns the next stage, so that no call can come too early. */
export interface Placed {
  /** Computes all answers into outputs that `place` made. May be called often. */
  compute(): void | Promise<void>;
  /** Hands back the answers in the form of the input: fresh memory that no later call changes. */
  collect(): Dictionary | Promise<Dictionary>;
  /**
   * Overwrites every output with NaN. The driver calls it, untimed, before the last compute, so that an answer
   * left over from an earlier pass cannot pass for a new one.
   */
  poison(): void | Promise<void>;
  release?(): void | Promise<void>;
  /** The data is larger than the place: compute streams it through a window. */
  readonly streams?: true;
}

interface Closable {
  /** Ends everything that `open` started. Called twice it does nothing the second time. */
  close(): void | Promise<void>;
  /** Only where another program computes: how its clock goes beside the driver's. */
  clocks?(): ClockRecord;
}

export interface StagedSession extends Closable {
  /** Data in either form, and in both forms by turns. */
  place(input: Dictionary): Placed | Promise<Placed>;
  /** The whole way in one call, overlapped as its users would write it: its result is fresh memory, like collect's. */
  run?(input: Dictionary): Dictionary | Promise<Dictionary>;
}

export interface RunSession extends Closable {
  /** Likewise in either form. */
  run(input: Dictionary): Dictionary | Promise<Dictionary>;
}

export type Session = StagedSession | RunSession;

export type Support = true | { readonly reason: string };

/** What a strategy holds at its peak besides the input and two answers: what the memory estimate is made from. */
export interface Footprint {
  /** Copies of the data, each in the form of number lists … */
  readonly lists?: number;
  /** … or packed at 8 bytes per number. */
  readonly columns?: number;
  /**
   * Bytes per number of whatever else is in flight, on both sides of a border: by kind of number in lists, since V8
   * makes an object of each double that arrives in a message, and in columns.
   */
  readonly inFlight?: { readonly ints: number; readonly doubles: number; readonly columns: number };
  /**
   * Likewise of `run` alone, from columns: packed copies of the data. Where the whole cell is too large for the machine,
   * one that says this is measured by `run` alone.
   */
  readonly run?: { readonly columns: number };
}

/** A strategy module's default export. The file name is its id. */
export interface Strategy extends StrategyTraits {
  readonly title: string;
  readonly family: Family;
  /** Own options and their values, the default first. A label names them: `child-process[serialization=json]`. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  readonly footprint?: Footprint;
  /** Only of family external, whose name does not tell: it computes on `workers` threads or processes; false: on one. */
  readonly onWorkers?: boolean;
  /** It computes as fast as memory delivers, on every core: `calibrate` measures the bandwidth of memory with it. */
  readonly fillsMemoryBandwidth?: true;
  /** Its turn (1 is first) where there are a few seconds for a function that nobody has measured. Absent: it has none. */
  readonly turnInShortTrial?: number;
  supports?(kernel: Kernel, plugin: KernelPlugin, host: StrategyHost, ref: KernelRef): Support;
  open(request: OpenRequest): Session | Promise<Session>;
  /**
   * Only where the user's data starts in another program: what is measured, in place of `open`. Such a strategy is
   * ranked among those of its program alone. `open` leads there from Node, and is what the contract test tries.
   */
  readonly home?: {
    readonly program: string;
    start(request: OpenRequest): Promise<HomeSession>;
  };
}

/** Types a strategy plug-in; returns it unchanged. */
export function defineStrategy(strategy: Strategy): Strategy {
  return strategy;
}
