import type { Form } from '../contract/dictionary.js';
import type { Options, Work } from '../contract/kernel.js';
import type { DataHome } from '../contract/program.js';
import type { Axes, Claim, Point, PriceList } from '../contract/scenario.js';
import type { Family, StrategyTraits } from '../contract/strategy.js';
import type { CellRecord } from './record.js';

/*
 * The results file, `results.ndjson`: one JSON object per line, appended as the run goes. The first line is the
 * RunHeader, then one CellRecord per cell and round in the order of measuring, with a CellsRecord before the first
 * record of cells that were added on the way, last an EndRecord. Where a run was interrupted and resumed, the EndRecord
 * of the interruption stays in the middle; the last line alone says how the run ended.
 *
 * History of the version:
 *   1  first version; a cell of it has no `trace`
 *   2  `warm.trace`: what the threads of one call stamped. All else is as it was: files of version 1 are read, too.
 *      Since 0.2, samples have 7 significant digits, where they had up to 17: readers need not know
 *      Since 0.2, the header may have `code`: digests of the code that was measured, and what Node was started with
 */
export const formatName = 'breakeven-results';
export const formatVersion = 2;
/** Versions that this one can read. */
export const readableVersions: readonly number[] = [1, 2];

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
  /** What `--dry-run` would have said that the cells take; absent in simulated runs. */
  readonly expectedMs?: number;
  readonly host: HostRecord;
  /** What `calibrate` of the kernel fixed for this machine, with its date; absent where there is nothing to calibrate. */
  readonly calibration?: CalibrationRecord;
  /** One side of a comparison, measured round by round with the other side in one job, with shorter series than bench's. */
  readonly interleaved?: { readonly job: string; readonly side: 'base' | 'head' };
  /** Absent in older files, and in simulated runs. */
  readonly code?: CodeRecord;
}

/** What the kernel fixed for this machine. */
export interface CalibrationRecord {
  readonly options: Options;
  /** When these options were measured, ISO 8601, UTC: they are kept for as long as a new measurement finds the same. */
  readonly at: string;
  /** Load of the machine then, over a minute; absent where the system does not tell, and in older files. */
  readonly load1?: number;
  /** A list takes `ns` nanoseconds of work for 1 of the option; absent in older files. */
  readonly axis?: { readonly option: string; readonly ns: number };
}

/** The code that was measured. */
export interface CodeRecord {
  /** SHA-256, in hex, of the files of the tool that take part in measuring, and of the plug-ins that ship with it. */
  readonly tool: string;
  /** Other plug-ins and everything that they import, sorted by name. */
  readonly files: readonly CodeFileRecord[];
  /** NODE_OPTIONS, which reaches every process; paths cut to the file's name. Absent: it was empty. */
  readonly nodeOptions?: string;
  /** Further arguments of every cell's Node, likewise. Absent: none. */
  readonly nodeArgs?: readonly string[];
}

export interface CodeFileRecord {
  /** From its project's folder, with '/'. An installed package is one: `lodash@4.17.21`. */
  readonly file: string;
  /** In hex; of an installed package, of its package.json. */
  readonly sha256: string;
  /** The kernel leads to it. */
  readonly kernel?: true;
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
  /** Sections that the scenario asks for besides the usual ones. */
  readonly prices?: PriceList;
  readonly bandwidth?: true;
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
  /** Of family external: it computes on `workers` threads or processes; false: on one. Absent: not known. */
  readonly onWorkers?: boolean;
  /** Where the user's data starts. Absent: in Node. Such strategies are ranked among those of their `program` alone. */
  readonly home?: DataHome;
  /** Only with `home: 'program'`: the id of its manifest, `python`. */
  readonly program?: string;
  /** What it declares of itself. Absent in older files: older-traits.ts knows it of what shipped then. */
  readonly traits?: StrategyTraits;
}

export interface CellHeader {
  /** Unique in the file: `c1`, `c2`, … */
  readonly id: string;
  /** Label of the strategy. */
  readonly strategy: string;
  readonly point: Point;
  readonly keys: number;
  readonly elements: number;
  /** Operations, and bytes read plus written: what the kernel says of a list of mean length, times keys. Absent in older files. */
  readonly work?: Work;
  /** Estimated peak memory of the cell's process tree. */
  readonly estimatedBytes: number;
  /** Present where the strategy cannot run this cell: why. Such a cell has no records. */
  readonly notApplicable?: string;
  /** What is not installed, where that is why it is not applicable. Absent in older files. */
  readonly needs?: string;
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
  /** Data caches of the first processor, smallest first; absent where the system does not tell. */
  readonly caches?: readonly CacheRecord[];
}

export interface CacheRecord {
  /** `L2`. */
  readonly name: string;
  readonly bytes: number;
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

export type * from './record.js';
