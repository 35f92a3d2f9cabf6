import { pricedPhases } from '../contract/scenario.js';
import { type CellRecord, cellRecordSchema, count, mostRounds, number } from './record.js';
import { type DeepReadonly, problemOf, v } from './valid.js';

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
 *   3  one-shot measures the user's script: what it imports from 'breakeven' is loaded before the clock, and the import of
 *      the kernel's module is told apart (`phases.kernelNs`). In versions 1 and 2 `importNs` holds the tool's own surface.
 *      `warm.data`: whether warm calls meet fresh data, which is never altered. In versions 1 and 2 they meet the same
 *      dictionary again and again, whose first number is another one in every other call.
 *      `warm` is a steady series back to back, garbage left to the engine (`meanNs`, `gcNs`); calls without garbage are a
 *      diagnostic (`collected`). In versions 1 and 2 they were the account, and `naturalNs` the diagnostic
 *      The header names what else changes what is measured: `cache`, `cpus`, `tools`, and the digest of real data
 */
export const formatName = 'breakeven-results';
export const formatVersion = 3;
/** Versions that this one can read. */
export const readableVersions: readonly number[] = [1, 2, 3];

/*
 * It comes from outside, perhaps from another machine, perhaps edited. Each schema is the one description of its part:
 * the types are derived from it, and whoever writes a results file checks it with the same functions first: what cannot
 * be read back is not measured. Further fields are let through.
 */

const value = v.union([number, v.string()]);
/** Options of a kernel or strategy, or a point: one value by name. */
export const optionsSchema = v.record(v.string(), value);
export const axesSchema = v.record(v.string(), v.array(value));

/** What a kernel says of a list of mean length, times keys: operations, and bytes read plus written. */
const work = v.object({ flops: number, bytes: number });

const cell = v.object({
  /** Unique in the file: `c1`, `c2`, … */
  id: v.string(),
  /** Label of the strategy. */
  strategy: v.string(),
  point: optionsSchema,
  keys: count,
  elements: count,
  /** Estimated peak memory of the cell's process tree. */
  estimatedBytes: count,
  /** Absent in older files, and where the kernel does not say. */
  work: v.optional(work),
  /** Present where the strategy cannot run this cell: why. Such a cell has no records. */
  notApplicable: v.optional(v.string()),
  /** What is not installed, where that is why it is not applicable. Absent in older files. */
  needs: v.optional(v.string()),
});

export const claimSchema = v.object({
  says: v.string(),
  cores: v.optional(number),
  account: v.picklist(['one-shot', 'warm', 'resident']),
  faster: v.string(),
  than: v.string(),
  where: axesSchema,
});

export const pricesSchema = v.object({
  rows: v.array(
    v.object({
      what: v.string(),
      strategy: v.string(),
      of: v.picklist(pricedPhases),
      per: v.picklist(['event', 'number']),
      source: v.optional(v.object({ low: number, high: number })),
    }),
  ),
  alone: v.optional(v.literal(true)),
});

export const styleSchema = v.object({
  colour: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'a colour like #0072B2'))),
  marker: v.optional(v.picklist(['circle', 'square', 'triangle', 'diamond', 'cross', 'plus', 'star'])),
  dash: v.optional(v.picklist(['solid', 'dashed', 'dotted', 'dash-dot'])),
  hollow: v.optional(v.boolean()),
});

export const familySchema = v.picklist([
  'serial',
  'concurrent',
  'vectorized',
  'threads',
  'processes',
  'external',
]);

const strategy = v.object({
  /** id, or id[option=value] */
  label: v.string(),
  id: v.string(),
  title: v.string(),
  family: familySchema,
  options: optionsSchema,
  /** The strategy reads `workers`: threads or processes. */
  parallel: v.boolean(),
  /** Of family external: it computes on `workers` threads or processes; false: on one. Absent: not known. */
  onWorkers: v.optional(v.boolean()),
  /** Where the user's data starts. Absent: in Node. Such strategies are ranked among those of their `program` alone. */
  home: v.optional(v.picklist(['node', 'program'])),
  /** Only with `home: 'program'`: the id of its manifest, `python`. */
  program: v.optional(v.string()),
  /** What it declares of itself. Absent in older files: older-traits.ts knows it of what shipped then. */
  traits: v.optional(
    v.object({
      baseline: v.optional(v.literal(true)),
      baselineLoop: v.optional(v.literal(true)),
      computesOn: v.optional(v.picklist(['list', 'typed', 'wasm'])),
      style: v.optional(styleSchema),
    }),
  ),
});

const kernel = v.object({
  id: v.string(),
  title: v.string(),
  kind: v.picklist(['map', 'reduce', 'wait']),
  options: optionsSchema,
});

const data = v.object({
  /** File name without folders. */
  name: v.string(),
  keys: count,
  elements: count,
  /** Rows or list items without a value: left out of the lists, never turned into 0. */
  missing: count,
  shortest: count,
  longest: count,
  /** SHA-256, in hex, of keys, lengths and numbers as they were read. Absent in older files. */
  sha256: v.optional(v.string()),
  /** How many of the numbers are NaN or infinite; absent where none is. */
  notFinite: v.optional(count),
  /** Whole numbers beyond 2^53 that were rounded, as was allowed; absent where none was. */
  rounded: v.optional(count),
  /** Rows of a wrong length and fields with stray quotes, as was allowed; absent where none was. */
  mended: v.optional(count),
});

const scenario = v.object({
  id: v.string(),
  title: v.string(),
  question: v.string(),
  from: v.picklist(['lists', 'columns']),
  sweeps: v.array(axesSchema),
  /** What quick sweeps leave out; only in quick runs. */
  quickNote: v.optional(v.string()),
  claims: v.array(claimSchema),
  /** Sections that the scenario asks for besides the usual ones. */
  prices: v.optional(pricesSchema),
  bandwidth: v.optional(v.literal(true)),
  kernel,
  /** Only for real data. */
  data: v.optional(data),
});

/** What new memory costs: ns per page of 4 KiB, just before the run. */
const memory = v.object({
  /** First touch of pages that no program had, in the cheapest and in the most expensive of several blocks. */
  lowNs: count,
  highNs: count,
  /** Of pages that the same program had, gave back in a collection, and takes again; in the cheapest of the blocks. */
  againNs: count,
  /** Free pages of this virtual machine go back to its host, which has to find others for it later. */
  givesBack: v.boolean(),
});

const host = v.object({
  /** Hash of what makes two machines different for a benchmark. */
  fingerprint: v.string(),
  cpu: v.string(),
  cores: count,
  /** Affinity and cgroup quota, to 0.1. */
  usableCores: v.pipe(number, v.gtValue(0), v.maxValue(1e6)),
  memoryBytes: number,
  os: v.string(),
  arch: v.string(),
  node: v.string(),
  v8: v.string(),
  clockStepNs: number,
  /** Data caches of the first processor, smallest first, like `L2`; absent where the system does not tell. */
  caches: v.optional(v.array(v.object({ name: v.string(), bytes: count }))),
  /** Absent before version 3, and where memory is too little to tell. */
  memory: v.optional(memory),
});

/** What the kernel fixed for this machine. */
const calibration = v.object({
  options: optionsSchema,
  /** When these were measured, ISO 8601, UTC: they are kept for as long as a new measurement finds the same. */
  at: v.string(),
  /** Load of the machine then, over a minute; absent where the system does not tell, and in older files. */
  load1: v.optional(count),
  /** A list takes `ns` nanoseconds of work for 1 of the option; absent in older files. */
  axis: v.optional(v.object({ option: v.string(), ns: v.pipe(count, v.gtValue(0)) })),
});

/** The code that was measured. */
const code = v.object({
  /** SHA-256, in hex, of the files of the tool that take part in measuring, and of the plug-ins that ship with it. */
  tool: v.string(),
  /** Other plug-ins and everything that they import, sorted by name. */
  files: v.array(
    v.object({
      /** From its project's folder, with '/'. An installed package is one: `lodash@4.17.21`. */
      file: v.string(),
      /** In hex; of an installed package, of its package.json. */
      sha256: v.string(),
      /** The kernel leads to it. */
      kernel: v.optional(v.literal(true)),
    }),
  ),
  /** NODE_OPTIONS, which reaches every process; paths cut to the file's name. Absent: it was empty. */
  nodeOptions: v.optional(v.string()),
  /** Further arguments of every cell's Node, likewise. Absent: none. */
  nodeArgs: v.optional(v.array(v.string())),
});

/** Everything that analysis and report need besides the samples, so that neither loads a plug-in. */
const header = v.object({
  type: v.literal('run'),
  format: v.literal(formatName),
  version: v.picklist([...readableVersions]),
  tool: v.string(),
  /** Run id, also the name of its folder. */
  run: v.string(),
  /** ISO 8601, UTC. */
  createdAt: v.string(),
  /** The command line that made it, after `breakeven`. */
  command: v.array(v.string()),
  scenario,
  strategies: v.array(strategy),
  /** Labels of what ships for plain Node, can run this kernel, and took no part; absent where there is none, and in older files. */
  notTried: v.optional(v.array(v.string())),
  cells: v.array(cell),
  /** Axes that no sweep names, with the value that they have at every point. */
  defaults: optionsSchema,
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostRounds)),
  seed: v.pipe(v.number(), v.safeInteger()),
  quick: v.boolean(),
  /** Two strategies are `same` where the whole interval of their ratio lies within 1 ± margin. */
  margin: v.pipe(v.number(), v.gtValue(0), v.maxValue(10)),
  /** A cell that takes longer than this is killed and recorded as a bound. */
  limitMs: count,
  /** Warm calls meet the same data again and again (`--cache warm`). Absent: fresh data, and before version 3. */
  cache: v.optional(v.literal('warm')),
  /** Processors that cells were kept to (`--cpus`), each by its number, like `0,2,3`. Absent: no such choice. */
  cpus: v.optional(v.string()),
  /** What the tools of programs say of their versions, by name, like `Python 3.12.1`. Absent without such strategies. */
  tools: v.optional(v.record(v.string(), v.string())),
  /** Measuring stops after about this time; absent where rounds decide. */
  budgetMs: v.optional(count),
  /** Measuring stops earlier where every field is answered by side, at a loss of no more than the margin. */
  until: v.optional(v.literal('answered')),
  /** What `--dry-run` would have said that the cells take; absent in simulated runs. */
  expectedMs: v.optional(count),
  host,
  /** What `calibrate` of the kernel fixed for this machine, with its date; absent where there is nothing to calibrate. */
  calibration: v.optional(calibration),
  /**
   * One side of a comparison, measured round by round with the other side in one job, with shorter series than bench's;
   * `duet`: cells of one thread at the same time as the other side's.
   */
  interleaved: v.optional(
    v.object({
      job: v.string(),
      side: v.picklist(['base', 'head']),
      duet: v.optional(v.literal(true)),
    }),
  ),
  /** Absent in older files, and in simulated runs. */
  code: v.optional(code),
});

/** Cells that were added on the way, where the answer was still open: `because` is a sentence. Their records follow. */
const cells = v.object({ type: v.literal('cells'), cells: v.array(cell), because: v.string() });

const end = v.object({
  type: v.literal('end'),
  status: v.picklist(['finished', 'interrupted']),
  elapsedMs: number,
  /** Sentences of the planner: what is settled, what is not, and about how much more time it needs. */
  because: v.array(v.string()),
});

const line = v.variant('type', [cellRecordSchema, cells, end]);

type Of<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

export type RunHeader = Of<typeof header>;
export type CodeRecord = Of<typeof code>;
export type ScenarioHeader = Of<typeof scenario>;
export type KernelHeader = Of<typeof kernel>;
export type DataHeader = Of<typeof data>;
export type StrategyHeader = Of<typeof strategy>;
export type CellHeader = Of<typeof cell>;
export type HostRecord = Of<typeof host>;
export type CalibrationRecord = Of<typeof calibration>;
export type MemoryRecord = Of<typeof memory>;
export type CacheRecord = NonNullable<HostRecord['caches']>[number];
export type CellsRecord = Of<typeof cells>;
export type EndRecord = Of<typeof end>;
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

/** What is wrong with the first line, as "field: what was expected"; undefined where nothing is. */
export function headerProblem(found: unknown): string | undefined {
  return problemOf(v.safeParse(header, found, { abortEarly: true }));
}

/** What is wrong with any other line. */
export function lineProblem(found: unknown): string | undefined {
  return problemOf(v.safeParse(line, found, { abortEarly: true }));
}

export type * from './record.js';
