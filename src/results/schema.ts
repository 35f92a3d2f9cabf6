import { problemOf, v } from './valid.js';

/*
 * The shape of a results file, checked when one is read: it comes from outside, perhaps from another machine, perhaps
 * edited. Only what analysis relies on is checked; further fields are let through.
 */

const options = v.record(v.string(), v.union([v.number(), v.string()]));
const times = v.array(v.pipe(v.number(), v.minValue(0)));
const axes = v.record(v.string(), v.array(v.union([v.number(), v.string()])));

const cell = v.looseObject({
  id: v.string(),
  strategy: v.string(),
  point: options,
  keys: v.number(),
  elements: v.number(),
  estimatedBytes: v.number(),
  work: v.optional(v.looseObject({ flops: v.number(), bytes: v.number() })),
  notApplicable: v.optional(v.string()),
});

const price = v.looseObject({
  what: v.string(),
  strategy: v.string(),
  of: v.picklist(['place', 'compute', 'collect', 'release', 'import', 'open', 'close', 'warm', 'resident']),
  per: v.picklist(['event', 'number']),
  source: v.optional(v.looseObject({ low: v.number(), high: v.number() })),
});

const header = v.looseObject({
  type: v.literal('run'),
  run: v.string(),
  createdAt: v.string(),
  tool: v.string(),
  command: v.array(v.string()),
  scenario: v.looseObject({
    id: v.string(),
    title: v.string(),
    question: v.string(),
    from: v.picklist(['lists', 'columns']),
    sweeps: v.array(axes),
    claims: v.array(
      v.looseObject({ says: v.string(), account: v.string(), faster: v.string(), than: v.string() }),
    ),
    prices: v.optional(v.looseObject({ rows: v.array(price) })),
    kernel: v.looseObject({
      id: v.string(),
      title: v.string(),
      kind: v.picklist(['map', 'reduce', 'wait']),
      options,
    }),
  }),
  strategies: v.array(
    v.looseObject({
      label: v.string(),
      id: v.string(),
      family: v.string(),
      onWorkers: v.optional(v.boolean()),
      home: v.optional(v.picklist(['node', 'program'])),
      program: v.optional(v.string()),
    }),
  ),
  cells: v.array(cell),
  defaults: options,
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1)),
  seed: v.number(),
  quick: v.boolean(),
  margin: v.number(),
  limitMs: v.number(),
  budgetMs: v.optional(v.number()),
  expectedMs: v.optional(v.number()),
  calibration: v.optional(v.looseObject({ options })),
  interleaved: v.optional(v.looseObject({ job: v.string(), side: v.picklist(['base', 'head']) })),
  host: v.looseObject({
    fingerprint: v.string(),
    cpu: v.string(),
    usableCores: v.number(),
    node: v.string(),
  }),
});

const series = v.looseObject({ samplesNs: times, passes: v.number(), cpuNs: v.number(), gcNs: v.number() });

const thread = v.looseObject({
  spans: v.array(v.tupleWithRest([v.string(), v.number(), v.number()], v.number())),
  gc: v.array(v.tuple([v.number(), v.number()])),
});

const trace = v.variant('kind', [
  v.looseObject({
    kind: v.literal('spans'),
    totalNs: v.number(),
    caller: thread,
    workers: v.array(thread),
    estimated: v.array(v.string()),
  }),
  v.looseObject({
    kind: v.literal('parts'),
    totalNs: v.number(),
    partsNs: v.record(v.string(), v.number()),
    estimated: v.array(v.string()),
  }),
]);

const outcome = v.variant('status', [
  v.looseObject({
    status: v.literal('measured'),
    oneShot: v.optional(v.looseObject({ totalNs: v.number(), cpuNs: v.number() })),
    warm: v.optional(v.looseObject({ ...series.entries, trace: v.optional(trace) })),
    resident: v.variant('status', [
      v.looseObject({ ...series.entries, status: v.literal('measured'), streamed: v.boolean() }),
      v.looseObject({ status: v.literal('not applicable'), reason: v.string() }),
    ]),
    peakBytes: v.number(),
    clocks: v.optional(v.looseObject({ messages: v.number(), apart: v.number() })),
  }),
  ...(['wrong', 'crashed', 'limit', 'skipped'] as const).map((status) =>
    v.looseObject({ status: v.literal(status), message: v.string() }),
  ),
]);

const line = v.variant('type', [
  v.looseObject({
    type: v.literal('cell'),
    cell: v.string(),
    round: v.pipe(v.number(), v.integer(), v.minValue(0)),
    order: v.number(),
    startedMs: v.number(),
    elapsedMs: v.number(),
    only: v.optional(v.literal('resident')),
    outcome,
    machine: v.optional(
      v.looseObject({
        spinNs: v.number(),
        load1: v.optional(v.number()),
        othersShare: v.optional(v.number()),
        stealShare: v.optional(v.number()),
        freeBytes: v.optional(v.number()),
      }),
    ),
  }),
  v.looseObject({ type: v.literal('cells'), cells: v.array(cell), because: v.string() }),
  v.looseObject({
    type: v.literal('end'),
    status: v.picklist(['finished', 'interrupted']),
    elapsedMs: v.number(),
    because: v.array(v.string()),
  }),
]);

/** What is wrong with the first line, as "field: what was expected"; undefined where nothing is. */
export function headerProblem(value: unknown): string | undefined {
  return problemOf(v.safeParse(header, value, { abortEarly: true }));
}

/** What is wrong with any other line. */
export function lineProblem(value: unknown): string | undefined {
  return problemOf(v.safeParse(line, value, { abortEarly: true }));
}
