import { formatName, readableVersions } from './format.js';
import { problemOf, v } from './valid.js';

/*
 * The shape of a results file, checked when one is read: it comes from outside, perhaps from another machine, perhaps
 * edited. Only what analysis and report rely on is checked; further fields are let through. Whoever writes a results
 * file checks it with the same functions first: what cannot be read back is not measured.
 */

/** JSON has no infinity, but a number that is too large is read as one. */
const number = v.pipe(v.number(), v.finite());
const count = v.pipe(number, v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

/** In ns: 30 years, and less than light takes through an atom. What lies beyond is no time, and sums and ratios of it are no numbers. */
const mostNs = 1e18;
const leastNs = 1e-9;
const isNs = (value: unknown) =>
  typeof value === 'number' && (value === 0 || (value >= leastNs && value <= mostNs));
const ns = v.custom<number>(isNs, `it must be a time in ns, 0 or from ${leastNs} to ${mostNs}`);
/** A difference of times may be below zero. */
const signedNs = v.pipe(v.number(), v.minValue(-mostNs), v.maxValue(mostNs));

const value = v.union([number, v.string()]);
const options = v.record(v.string(), value);
/** In one go: a file has millions of them. */
const times = v.custom<number[]>(
  (list) => Array.isArray(list) && list.every(isNs),
  `it must be a list of times in ns, each 0 or from ${leastNs} to ${mostNs}`,
);
const axes = v.record(v.string(), v.array(value));

/** Far more than anybody measures; lists are made of this length. */
const mostRounds = 1e9;
const account = v.picklist(['one-shot', 'warm', 'resident']);

const cell = v.looseObject({
  id: v.string(),
  strategy: v.string(),
  point: options,
  keys: count,
  elements: count,
  estimatedBytes: count,
  work: v.optional(v.looseObject({ flops: number, bytes: number })),
  notApplicable: v.optional(v.string()),
  needs: v.optional(v.string()),
});

const price = v.looseObject({
  what: v.string(),
  strategy: v.string(),
  of: v.picklist(['place', 'compute', 'collect', 'release', 'import', 'open', 'close', 'warm', 'resident']),
  per: v.picklist(['event', 'number']),
  source: v.optional(v.looseObject({ low: number, high: number })),
});

const style = v.object({
  colour: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/i, 'a colour like #0072B2'))),
  marker: v.optional(v.picklist(['circle', 'square', 'triangle', 'diamond', 'cross', 'plus', 'star'])),
  dash: v.optional(v.picklist(['solid', 'dashed', 'dotted', 'dash-dot'])),
  hollow: v.optional(v.boolean()),
});

const header = v.looseObject({
  type: v.literal('run'),
  format: v.literal(formatName),
  version: v.picklist([...readableVersions]),
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
      v.looseObject({
        says: v.string(),
        cores: v.optional(number),
        account,
        faster: v.string(),
        than: v.string(),
        where: axes,
      }),
    ),
    prices: v.optional(v.looseObject({ rows: v.array(price) })),
    kernel: v.looseObject({
      id: v.string(),
      title: v.string(),
      kind: v.picklist(['map', 'reduce', 'wait']),
      options,
    }),
    quickNote: v.optional(v.string()),
    data: v.optional(
      v.looseObject({
        name: v.string(),
        keys: count,
        elements: count,
        missing: count,
        shortest: count,
        longest: count,
      }),
    ),
  }),
  strategies: v.array(
    v.looseObject({
      label: v.string(),
      id: v.string(),
      title: v.string(),
      family: v.picklist(['serial', 'concurrent', 'vectorized', 'threads', 'processes', 'external']),
      options,
      parallel: v.boolean(),
      onWorkers: v.optional(v.boolean()),
      home: v.optional(v.picklist(['node', 'program'])),
      program: v.optional(v.string()),
      traits: v.optional(
        v.looseObject({
          baseline: v.optional(v.literal(true)),
          computesOn: v.optional(v.picklist(['list', 'typed', 'wasm'])),
          style: v.optional(style),
        }),
      ),
    }),
  ),
  cells: v.array(cell),
  defaults: options,
  rounds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostRounds)),
  seed: v.pipe(v.number(), v.safeInteger()),
  quick: v.boolean(),
  margin: v.pipe(v.number(), v.gtValue(0), v.maxValue(10)),
  limitMs: count,
  budgetMs: v.optional(count),
  expectedMs: v.optional(count),
  calibration: v.optional(
    v.looseObject({
      options,
      at: v.string(),
      load1: v.optional(count),
      axis: v.optional(v.looseObject({ option: v.string(), ns: v.pipe(count, v.gtValue(0)) })),
    }),
  ),
  interleaved: v.optional(v.looseObject({ job: v.string(), side: v.picklist(['base', 'head']) })),
  code: v.optional(
    v.looseObject({
      tool: v.string(),
      files: v.array(
        v.looseObject({ file: v.string(), sha256: v.string(), kernel: v.optional(v.literal(true)) }),
      ),
      nodeOptions: v.optional(v.string()),
      nodeArgs: v.optional(v.array(v.string())),
    }),
  ),
  host: v.looseObject({
    fingerprint: v.string(),
    cpu: v.string(),
    cores: count,
    usableCores: v.pipe(number, v.gtValue(0), v.maxValue(1e6)),
    memoryBytes: number,
    os: v.string(),
    arch: v.string(),
    node: v.string(),
    v8: v.string(),
    clockStepNs: number,
    caches: v.optional(v.array(v.looseObject({ name: v.string(), bytes: count }))),
  }),
});

const series = v.looseObject({
  samplesNs: times,
  passes: v.pipe(number, v.minValue(1)),
  warmupCalls: v.optional(number),
  cpuNs: signedNs,
  gcNs: signedNs,
  busyNs: v.optional(signedNs),
});

const phases = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, times]));
const stages = v.looseObject({
  ...series.entries,
  phasesNs: v.looseObject(phases(['place', 'compute', 'collect', 'release'])),
});

const thread = v.looseObject({
  spans: v.array(v.tupleWithRest([v.string(), signedNs, signedNs], number)),
  gc: v.array(v.tuple([signedNs, signedNs])),
});

const trace = v.variant('kind', [
  v.looseObject({
    kind: v.literal('spans'),
    totalNs: ns,
    caller: thread,
    workers: v.array(thread),
    estimated: v.array(v.string()),
  }),
  v.looseObject({
    kind: v.literal('parts'),
    totalNs: ns,
    partsNs: v.record(v.string(), signedNs),
    estimated: v.array(v.string()),
  }),
]);

const outcome = v.variant('status', [
  v.looseObject({
    status: v.literal('measured'),
    oneShot: v.optional(
      v.looseObject({
        totalNs: ns,
        phases: v.looseObject({ importNs: signedNs, openNs: signedNs, runNs: signedNs, closeNs: signedNs }),
        cpuNs: signedNs,
      }),
    ),
    warm: v.optional(
      v.looseObject({
        ...series.entries,
        naturalNs: v.optional(signedNs),
        stallNs: v.optional(signedNs),
        stages: v.optional(stages),
        trace: v.optional(trace),
      }),
    ),
    resident: v.variant('status', [
      v.looseObject({ ...series.entries, status: v.literal('measured'), streamed: v.boolean() }),
      v.looseObject({ status: v.literal('not applicable'), reason: v.string() }),
    ]),
    peakBytes: count,
    baseBytes: v.optional(number),
    elements: v.optional(v.string()),
    clocks: v.optional(v.looseObject({ messages: number, apart: number })),
    pausedMs: v.optional(count),
  }),
  v.looseObject({
    status: v.literal('limit'),
    limit: v.picklist(['time', 'memory', 'room', 'processes', 'files']),
    message: v.string(),
    by: v.optional(v.literal('machine')),
    boundNs: v.optional(ns),
    pausedMs: v.optional(count),
  }),
  ...(['wrong', 'crashed', 'skipped'] as const).map((status) =>
    v.looseObject({ status: v.literal(status), message: v.string(), pausedMs: v.optional(count) }),
  ),
]);

const line = v.variant('type', [
  v.looseObject({
    type: v.literal('cell'),
    cell: v.string(),
    round: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostRounds)),
    order: number,
    startedMs: number,
    elapsedMs: number,
    only: v.optional(v.literal('resident')),
    outcome,
    machine: v.optional(
      v.looseObject({
        spinNs: ns,
        load1: v.optional(number),
        othersShare: v.optional(number),
        stealShare: v.optional(number),
        freeBytes: v.optional(number),
      }),
    ),
  }),
  v.looseObject({ type: v.literal('cells'), cells: v.array(cell), because: v.string() }),
  v.looseObject({
    type: v.literal('end'),
    status: v.picklist(['finished', 'interrupted']),
    elapsedMs: number,
    because: v.array(v.string()),
  }),
]);

/** What the reader takes: whoever plans a run, or hears of an outcome, checks with the same. */
export {
  axes as axesSchema,
  options as optionsSchema,
  outcome as outcomeSchema,
  price as priceSchema,
  style as styleSchema,
};

/** What is wrong with the first line, as "field: what was expected"; undefined where nothing is. */
export function headerProblem(value: unknown): string | undefined {
  return problemOf(v.safeParse(header, value, { abortEarly: true }));
}

/** What is wrong with any other line. */
export function lineProblem(value: unknown): string | undefined {
  return problemOf(v.safeParse(line, value, { abortEarly: true }));
}
