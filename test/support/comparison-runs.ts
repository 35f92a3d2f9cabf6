import { compare } from '../../src/compare/compare.js';
import type { History } from '../../src/compare/history/file.js';
import { withHistory } from '../../src/compare/history/history.js';
import { makeHistoryLines } from '../../src/compare/history/line.js';
import { plainLimits } from '../../src/compare/limits.js';
import type { Comparison, ComparisonNote, Unfit } from '../../src/compare/types.js';
import type { Outcome, Results } from '../../src/results/format.js';
import { exampleRun, exampleStrategies, syntheticResults } from './synthetic.js';

const wrong: Outcome = { status: 'wrong', message: 'key "k|1", index 3: expected 1, got 2 in /home/me/x.js' };

/** The example with wasm-simd so much slower, or answering wrongly; `all`: what becomes of every cell. */
export function run(
  seed: number,
  { factor = 1, fails = false, all }: { factor?: number; fails?: boolean; all?: Outcome } = {},
): Results {
  const strategies = exampleStrategies.map((one) =>
    one.label === 'wasm-simd'
      ? { ...one, compute: (shape: Parameters<typeof one.compute>[0]) => factor * one.compute(shape) }
      : one,
  );
  const results = syntheticResults({
    ...exampleRun,
    strategies,
    sweeps: [{ keys: [8], length: [1_000, 16_000, 256_000] }],
    seed,
    outcome: (label) => all ?? (fails && label === 'wasm-simd' ? wrong : undefined),
  });
  return { ...results, header: { ...results.header, seed: 1 } };
}

/** Against the example as it is. */
export function compared(head: Results): Comparison {
  return compare(
    { name: 'main (1a2b3c4)', runs: [run(1)] },
    { name: 'working tree', runs: [head] },
    { limits: plainLimits(), draws: 100 },
  );
}

/** A history in which the strategy of the example became slower at the twentieth of thirty commits. */
export function historyOfThirty(): History {
  const commitOf = (i: number) => ({
    hash: (0xa000000 + i).toString(16),
    committedAt: new Date(i * 86_400_000).toISOString(),
  });
  const results = run(1);
  const lines = Array.from({ length: 30 }, (_, i) =>
    makeHistoryLines(commitOf(i), 'base', `run ${i}`, [results]).map((line) => ({
      ...line,
      measuredAt: commitOf(i).committedAt,
      ns: { value: line.ns.value * (i < 20 ? 1 : 1.3) * (1 + 0.01 * ((i * 7) % 5)) },
      ...(i < 20 ? {} : { machine: { ...line.machine, node: '99.0.0' } }),
    })),
  ).flat();
  return { file: 'h.ndjson', lines };
}

function withoutStrategy(results: Results, label: string): Results {
  const { header } = results;
  return {
    ...results,
    header: {
      ...header,
      strategies: header.strategies.filter((one) => one.label !== label),
      cells: header.cells.filter(({ strategy }) => strategy !== label),
    },
  };
}

const place = { scenario: 'large-lists', strategy: 'wasm-simd', point: { keys: 8, length: 1_000 } };

/** Two rounds: nothing has an interval. */
function twoRounds(comparison: Comparison): Comparison {
  const rows = comparison.rows.map((row) => ({ ...row, ratio: { value: row.ratio.value, rounds: 2 } }));
  return { ...comparison, rows };
}

const unfits: readonly Unfit[] = [
  { kind: 'busy', facts: { kind: 'share', share: 0.7 }, host: { usableCores: 2 } },
  { kind: 'stolen', facts: { share: 0.3 } },
  { kind: 'all strategies', factor: 1.4, longer: true },
  { kind: 'fixed work', factor: 1.2, longer: false },
];

const { scenario } = place;
const notes: readonly ComparisonNote[] = [
  { kind: 'one side', scenario: 'grid', side: 'base' },
  { kind: 'other kernel', scenario, file: 'kernels/own.js' },
  { kind: 'duet', scenario },
  { kind: 'other memory', scenario, baseNs: 100, headNs: 900 },
  { kind: 'of a run', scenario, side: 'head', note: 'The last line was cut off.' },
  { kind: 'unfinished', scenario, side: 'head' },
  { kind: 'few rounds', scenario, side: 'base' },
];

/** Comparisons that have between them everything that one can have. */
export function madeUpComparisons(): [string, Comparison][] {
  const slower = compared(run(2, { factor: 3 }));
  const [header] = [run(1).header];
  const crossover = {
    scenario: 'large-lists',
    account: 'warm',
    question: 'parallel against best single-thread',
    axis: 'length',
    fixed: { keys: 8 },
    challengers: ['worker-threads'],
  } as const;
  return [
    ['a regression', slower],
    ['no difference', compared(run(2))],
    ['wrong answers', compared(run(2, { fails: true }))],
    ['crashes', compared(run(2, { all: { status: 'crashed', message: 'database is down, 3 times' } }))],
    ['two rounds', twoRounds(compared(run(2)))],
    ['a strategy that is gone', compared(withoutStrategy(run(2), 'wasm-simd'))],
    ['with a history', withHistory(slower, historyOfThirty(), header.host.fingerprint)],
    [
      'a moved crossover, another winner and a profile',
      {
        ...slower,
        crossovers: [
          {
            ...crossover,
            before: { kind: 'at', at: 1_000, below: 'incumbent' },
            after: { kind: 'at', at: 4_000, below: 'incumbent' },
            factor: { value: 4, interval: { low: 3, high: 5 }, rounds: 8 },
            red: true,
          },
          {
            ...crossover,
            before: { kind: 'at', at: 1_000, below: 'incumbent' },
            after: { kind: 'never' },
            red: false,
          },
        ],
        winners: [
          {
            scenario: place.scenario,
            account: 'warm',
            point: place.point,
            before: 'wasm-simd',
            after: 'for-loop',
          },
        ],
        machine: { common: 1.2, spin: 1.1, takenOut: true },
        profile: {
          ...place,
          account: 'warm',
          kind: 'profiled',
          base: { calls: 100, ns: 1e6 },
          head: { calls: 90, ns: 3e6 },
          grown: [{ name: 'run', file: 'src/x.js', line: 12, baseNs: 1e5, headNs: 2e6, grownNs: 1.9e6 }],
          explained: 0.95,
        },
      },
    ],
    [
      'a profile that failed',
      {
        ...slower,
        profile: { ...place, account: 'warm', kind: 'failed', side: 'head', message: 'it has no profiler' },
      },
    ],
    ...unfits.map((unfit): [string, Comparison] => [
      `on a machine that was unfit: ${unfit.kind}`,
      { ...slower, verdict: 'unfit', machine: { takenOut: false, unfit } },
    ]),
    [
      'with all that can limit it',
      { ...compared(run(2)), notes, power: { slower: 0.15, oneThread: 0.9, pool: 0.4 } },
    ],
    ['nothing to profile', { ...compared(run(2)), profile: { kind: 'nothing slower' } }],
  ];
}
