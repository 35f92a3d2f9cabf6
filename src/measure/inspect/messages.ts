import type { KernelRef, Options } from '../../contract/kernel.js';
import type { Scenario } from '../../contract/scenario.js';
import type { StrategyHost, Support } from '../../contract/strategy.js';
import type { KernelFile, KernelTraits, StrategyDescription } from '../../plugins/find.js';
import type { SelfBelow } from '../../plugins/module.js';
import type { LoadedStrategy } from '../../plugins/strategy.js';
import {
  axesSchema,
  claimSchema,
  familySchema,
  optionsSchema,
  pricesSchema,
  styleSchema,
} from '../../results/format.js';
import { problemOf, v } from '../../results/valid.js';
import type { CellOrder } from '../order.js';

/*
 * What the driver asks the process that looks at plug-ins, and the shape of each answer. The child checks an answer
 * before it sends it, so that a plug-in's mistake is named with its field; the driver checks it again and believes
 * nothing else.
 */

/** What the process is told before any question. */
export interface InspectSetup {
  /** What `import 'breakeven'` means to plug-ins of another checkout; absent where it is this tool. */
  readonly self?: SelfBelow;
}

/** What strategies and kernel are asked about one point. */
export interface PointQuestion {
  /** The kernel's, at this point. */
  readonly options: Options;
  /** Numbers per list, on average. */
  readonly length: number;
}

export type InspectQuestion =
  | { readonly type: 'scenarios'; readonly modules: readonly string[] }
  | { readonly type: 'strategies'; readonly modules: readonly string[] }
  | { readonly type: 'kernels'; readonly modules: readonly string[] }
  | {
      readonly type: 'decide';
      readonly kernel: KernelFile;
      /** Modules, each once. */
      readonly strategies: readonly Pick<LoadedStrategy, 'label' | 'module'>[];
      readonly host: StrategyHost;
      readonly points: readonly PointQuestion[];
    }
  | { readonly type: 'calibrate'; readonly kernel: KernelFile }
  | ProbeQuestion;

export type ProbeQuestion = {
  readonly type: 'probe';
  readonly kernel: KernelRef;
  /** Say also how long a list takes, from calls enough to see a kernel change its mind. */
  readonly timed?: true;
} & Pick<CellOrder, 'from' | 'data'>;

/** `id` comes back with each answer. */
export interface Asked {
  readonly id: number;
  readonly question: InspectQuestion;
}

const text = v.string();
const count = v.pipe(v.number(), v.minValue(0));
const flag = v.literal(true);

const said = {
  /** What it is about to do with which plug-in: who is to blame where nothing more comes. */
  at: v.object({ id: v.number(), type: v.literal('at'), what: text }),
  answer: v.object({ id: v.number(), type: v.literal('answer'), answer: v.unknown() }),
  /** `ours`: a fault of the tool's, with its stack. */
  failed: v.object({ id: v.number(), type: v.literal('failed'), message: text, ours: v.boolean() }),
};

export const saidSchema = v.variant('type', [said.at, said.answer, said.failed]);

export type Said = v.InferOutput<typeof saidSchema>;

const sweeps = v.pipe(v.array(axesSchema), v.minLength(1));

export const scenarioSchema = v.object({
  title: text,
  question: text,
  kernel: v.object({ module: text, options: optionsSchema }),
  from: v.picklist(['lists', 'columns']),
  data: v.optional(
    v.object({
      file: text,
      package: v.optional(text),
      groupBy: v.optional(text),
      value: v.optional(text),
      columns: v.optional(text),
      at: v.optional(text),
      delimiter: v.optional(text),
      header: v.optional(v.picklist(['first', 'none'])),
      encoding: v.optional(text),
      missing: v.optional(v.array(text)),
      numberFormat: v.optional(text),
      lenient: v.optional(flag),
      round: v.optional(flag),
    }),
  ),
  sweeps,
  quick: sweeps,
  quickNote: v.optional(text),
  strategies: v.optional(v.union([v.literal('node'), v.array(text)])),
  budget: v.optional(text),
  claims: v.array(claimSchema),
  prices: v.optional(pricesSchema),
  bandwidth: v.optional(flag),
}) satisfies v.GenericSchema<unknown, Scenario>;

export const strategySchema = v.object({
  title: text,
  family: familySchema,
  options: v.optional(v.record(text, v.pipe(v.array(text), v.minLength(1)))),
  footprint: v.optional(
    v.object({
      lists: v.optional(count),
      columns: v.optional(count),
      inFlight: v.optional(v.object({ ints: count, doubles: count, columns: count })),
      run: v.optional(v.object({ columns: count })),
    }),
  ),
  onWorkers: v.optional(v.boolean()),
  baseline: v.optional(flag),
  baselineLoop: v.optional(flag),
  computesOn: v.optional(v.picklist(['list', 'typed', 'wasm'])),
  style: v.optional(styleSchema),
  fillsMemoryBandwidth: v.optional(flag),
  turnInShortTrial: v.optional(count),
  home: v.optional(v.object({ program: text })),
}) satisfies v.GenericSchema<unknown, StrategyDescription>;

export const kernelSchema = v.object({
  title: text,
  options: optionsSchema,
  split: v.picklist(['elements', 'associative', 'never']),
  agree: v.union([v.literal('exact'), v.object({ ulps: count })]),
  calibrates: v.boolean(),
  calibrated: v.optional(v.object({ option: text, ns: count })),
}) satisfies v.GenericSchema<unknown, KernelTraits>;

export const decisionSchema = v.object({
  kind: v.picklist(['map', 'reduce', 'wait']),
  /** Of one list of the question's length; absent where the kernel does not say. */
  work: v.optional(v.object({ flops: v.number(), bytes: v.number() })),
  /** In the order of the strategies. */
  supports: v.array(v.union([flag, v.object({ reason: text })]) satisfies v.GenericSchema<unknown, Support>),
});

export const decisionsSchema = v.array(decisionSchema);

/** What kernel and strategies say of one point. */
export type PointDecision = v.InferOutput<typeof decisionSchema>;

export const calibrationSchema = optionsSchema;

export const probeSchema = v.object({
  plainKind: v.optional(v.picklist(['map', 'reduce', 'wait'])),
  timed: v.optional(v.object({ nsPerNumber: v.number(), nsPerNumberShort: v.number() })),
});

/** What came of trying a kernel. */
export type Probed = v.InferOutput<typeof probeSchema>;

/** @public reached through the module that is loaded late, where knip cannot see it. */
export function listOf<Schema extends v.GenericSchema>(each: Schema, length: number) {
  return v.pipe(v.array(each), v.length(length));
}

export type Read<Output> =
  | { readonly success: true; readonly output: Output }
  /** "field: what was expected". */
  | { readonly success: false; readonly problem: string };

/** A copy that holds what the schema knows, and nothing else. */
export function read<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
): Read<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success
    ? { success: true, output: result.output }
    : { success: false, problem: problemOf(result) ?? 'it is otherwise than expected' };
}
