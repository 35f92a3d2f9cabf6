import { describe, expect, it } from 'vitest';
import { exampleRun, type StrategyModel, syntheticResults } from '../../test/support/synthetic.js';
import type { Outcome, Results } from '../results/format.js';
import { compare } from './compare.js';
import { plainLimits } from './limits.js';
import type { Comparison } from './types.js';

const draws = 200;
const limits = plainLimits();

const model = (
  label: string,
  family: StrategyModel['family'],
  compute: StrategyModel['compute'],
): StrategyModel => ({
  label,
  family,
  importNs: 0,
  compute,
});

const loopNs = 200_000;
const loop = model('for-loop', 'serial', ({ keys }) => loopNs * keys);
const packed = model('typed-array', 'vectorized', ({ keys }) => 1.4 * loopNs * keys);
const tasks = model('async-tasks', 'concurrent', ({ keys }) => 1.1 * loopNs * keys);
/** Pays from `from` keys on. */
const pool = (from: number, factor = 1) =>
  model('worker-threads', 'threads', ({ keys }) => factor * loopNs * (0.5 * from + 0.5 * keys));

interface Given {
  readonly strategies?: readonly StrategyModel[];
  readonly seed?: number;
  readonly rounds?: number;
  readonly outcome?: (strategy: string, round: number) => Outcome | undefined;
  readonly job?: { readonly job: string; readonly side: 'base' | 'head' };
  readonly header?: Partial<Results['header']>;
}

/** Eight rounds of four strategies at four points, 2 % of noise per process; `seed` is the machine's luck. */
function run(given: Given = {}): Results {
  const { strategies = [loop, packed, tasks, pool(32)], seed = 1, rounds = 8, outcome, job, header } = given;
  const results = syntheticResults({
    ...exampleRun,
    strategies,
    sweeps: [{ keys: [4, 16, 64, 256] }],
    seed,
    rounds,
    claims: [],
    noise: { cell: 0.02, round: 0.02 },
    outcome: (label, _, round) => outcome?.(label, round),
  });
  // The data of both sides come from one seed.
  return {
    ...results,
    header: { ...results.header, seed: 1, ...(job ? { interleaved: job } : {}), ...header },
  };
}

function compared(
  base: Results,
  head: Results,
  more: Partial<Parameters<typeof compare>[2]> = {},
): Comparison {
  const options = { limits, draws, ...more };
  return compare({ name: 'main', runs: [base] }, { name: 'head', runs: [head] }, options);
}

const slower = (factor: number) => [loop, packed, tasks, pool(32, factor)];
const redStrategies = ({ rows }: Comparison) => [
  ...new Set(rows.filter(({ red }) => red).map(({ strategy }) => strategy)),
];

describe('two runs of the same code', () => {
  it('are not red, and no strategy is called slower or faster', () => {
    for (let seed = 2; seed < 12; seed++) {
      const { verdict, rows, crossovers, failures } = compared(run(), run({ seed }));
      expect(['fine', 'undecided']).toContain(verdict);
      expect(rows.filter(({ red }) => red)).toEqual([]);
      expect(crossovers).toEqual([]);
      expect(failures).toEqual([]);
    }
  });

  it('compares every cell and account once, and every strategy over its points', () => {
    const { rows } = compared(run(), run({ seed: 2 }));
    const times = rows.filter(({ quantity }) => quantity === 'time');
    // Four strategies, two accounts (these models have no stages, and so nothing resident), four points.
    expect(times.filter(({ point }) => point !== undefined)).toHaveLength(32);
    expect(times.filter(({ point }) => point === undefined)).toHaveLength(8);
    expect(rows.filter(({ quantity }) => quantity === 'memory')).toHaveLength(16);
  });
});

describe('a strategy that became slower', () => {
  it('is red, by its name alone', () => {
    const comparison = compared(run(), run({ seed: 2, strategies: slower(1.3) }));
    expect(comparison.verdict).toBe('regression');
    expect(redStrategies(comparison)).toEqual(['worker-threads']);
    const [whole] = comparison.rows.filter(({ red, point }) => red && point === undefined);
    expect(whole.ratio.value).toBeGreaterThan(1.25);
    expect(whole.ratio.value).toBeLessThan(1.35);
    expect(whole).toMatchObject({ label: 'slower', points: 4, limit: 0.05 });
  });

  it('is not red below the limit that is set for it', () => {
    const loose = { ...limits, cpu: 1, strategies: { 'worker-threads': 0.5 } };
    const comparison = compared(run(), run({ seed: 2, strategies: slower(1.3) }), { limits: loose });
    expect(redStrategies(comparison)).toEqual([]);
    expect(comparison.rows.some(({ label }) => label === 'slower')).toBe(true);
  });

  it('is not decided below four rounds', () => {
    const short = { rounds: 3 };
    const comparison = compared(run(short), run({ ...short, seed: 2, strategies: slower(3) }));
    expect(comparison.rows.every(({ label, red }) => label === 'undecided' && !red)).toBe(true);
    expect(comparison.notes).toContainEqual(expect.objectContaining({ kind: 'few rounds', side: 'head' }));
  });

  it('that became faster is no regression', () => {
    const comparison = compared(run(), run({ seed: 2, strategies: slower(0.6) }));
    expect(['fine', 'undecided']).toContain(comparison.verdict);
    expect(
      comparison.rows.some(({ label, strategy }) => label === 'faster' && strategy === 'worker-threads'),
    ).toBe(true);
  });
});

describe('a strategy with a single point', () => {
  it('is asked about there, once', () => {
    const one = (seed: number, factor = 1) => {
      const results = run({ seed, strategies: slower(factor) });
      const cells = results.header.cells.filter(({ point }) => point.keys === 64);
      const ids = new Set(cells.map(({ id }) => id));
      const records = results.records.filter(({ cell }) => ids.has(cell));
      return { ...results, header: { ...results.header, cells }, records };
    };
    const comparison = compared(one(1), one(2, 1.5));
    expect(redStrategies(comparison)).toEqual(['worker-threads']);
    const times = comparison.rows.filter(({ quantity }) => quantity === 'time');
    expect(times).toHaveLength(8);
    expect(times.every(({ point }) => point?.keys === 64)).toBe(true);
  });
});

describe('the machine', () => {
  const everything = (factor: number) =>
    [loop, packed, tasks, pool(32)].map((one) => ({
      ...one,
      compute: (shape: Parameters<typeof one.compute>[0]) => factor * one.compute(shape),
    }));
  const withSpin = (results: Results, spinNs: number): Results => ({
    ...results,
    records: results.records.map((record) => ({ ...record, machine: { spinNs } })),
  });

  it('that was twice as slow is unfit, and nothing is red for it', () => {
    const comparison = compared(run(), run({ seed: 2, strategies: everything(2) }));
    expect(comparison.verdict).toBe('unfit');
    expect(comparison.machine.unfit).toEqual({
      kind: 'all strategies',
      factor: expect.closeTo(2, 0),
      longer: true,
    });
  });

  it('that was a little slower is divided out', () => {
    const comparison = compared(run(), run({ seed: 2, strategies: everything(1.04) }));
    expect(comparison.machine).toMatchObject({ takenOut: true });
    expect(redStrategies(comparison)).toEqual([]);
  });

  it('that was surely the same leaves the blame to the code that all strategies share', () => {
    const head = withSpin(run({ seed: 2, strategies: everything(1.5) }), 1_005_000);
    const comparison = compared(withSpin(run(), 1_000_000), head);
    expect(comparison.verdict).toBe('regression');
    expect(redStrategies(comparison)).toHaveLength(4);
  });

  it('whose clock changed is unfit', () => {
    const comparison = compared(withSpin(run(), 1_000_000), withSpin(run({ seed: 2 }), 1_400_000));
    expect(comparison.machine.unfit).toEqual({
      kind: 'fixed work',
      factor: expect.closeTo(1.4, 2),
      longer: true,
    });
    expect(comparison.verdict).toBe('unfit');
  });

  it('cannot differ within one job: what all strategies share is the code', () => {
    const side = (side: 'base' | 'head') => ({ job: 'j', side });
    const head = run({ seed: 2, strategies: everything(1.5), job: side('head') });
    const comparison = compared(run({ job: side('base') }), head);
    expect(comparison.pairing).toBe('interleaved');
    expect(comparison.verdict).toBe('regression');
  });
});

describe('a cell that fails', () => {
  const wrong: Outcome = { status: 'wrong', message: 'key "a", index 3: expected 1, got 2' };
  const failing = (label: string) => (strategy: string) => (strategy === label ? wrong : undefined);

  it('by a wrong answer is red, however fast, on an unfit machine too, and also where it was wrong before', () => {
    const head = run({ seed: 2, outcome: failing('typed-array') });
    expect(compared(run(), head).verdict).toBe('regression');
    const before = compared(run({ outcome: failing('typed-array') }), head);
    expect(before.verdict).toBe('regression');
    expect(before.failures[0]).toMatchObject({ how: 'wrong', before: true, red: true });
  });

  it('is not red for what the machine refused, and says so', () => {
    const refused: Outcome = {
      status: 'limit',
      limit: 'memory',
      message: 'ran out of memory',
      by: 'machine',
    };
    const outcome = (strategy: string) => (strategy === 'async-tasks' ? refused : undefined);
    const { failures, verdict } = compared(run(), run({ seed: 2, outcome }));
    expect(failures[0]).toMatchObject({ how: 'refused', before: false, red: false });
    expect(verdict).not.toBe('regression');
    const over: Outcome = { status: 'limit', limit: 'time', message: 'over 60 s' };
    const slow = compared(run(), run({ seed: 2, outcome: (s) => (s === 'async-tasks' ? over : undefined) }));
    expect(slow.failures[0]).toMatchObject({ how: 'limit', red: true });
  });

  it('by a crash is red where it is new, and told where it is not', () => {
    const crashed: Outcome = { status: 'crashed', message: 'exit code 1' };
    const outcome = (strategy: string) => (strategy === 'async-tasks' ? crashed : undefined);
    expect(compared(run(), run({ seed: 2, outcome })).verdict).toBe('regression');
    const again = compared(run({ outcome }), run({ seed: 2, outcome }));
    expect(again.verdict).not.toBe('regression');
    expect(again.failures[0]).toMatchObject({ how: 'crashed', before: true, red: false });
    expect(compared(run({ outcome }), run({ seed: 2 })).failures[0]).toMatchObject({ how: 'fixed' });
  });
});

describe('a comparison of nothing', () => {
  const all = (outcome: Outcome) => () => outcome;
  const crashed: Outcome = { status: 'crashed', message: 'database is down' };
  const skipped: Outcome = { status: 'skipped', message: 'hit its limit in another round' };

  it.each([
    ['every cell crashed on both sides', { base: crashed, head: crashed }],
    ['every cell hit its limit on both sides', { base: skipped, head: skipped }],
    ['every cell failed on base alone', { base: crashed, head: undefined }],
  ])('is not fine: %s', (_, { base, head }) => {
    const of = (seed: number, outcome: Outcome | undefined) =>
      run({ seed, ...(outcome === undefined ? {} : { outcome: all(outcome) }) });
    const { verdict, coverage } = compared(of(1, base), of(2, head));
    expect(verdict).toBe('nothing compared');
    expect(coverage).toMatchObject({ cells: 16, compared: 0 });
    expect(coverage.uncompared).toHaveLength(16);
  });

  it('that ended before the first cell is not fine either', () => {
    const begun = { ...run(), records: [] };
    expect(compared(begun, begun).verdict).toBe('nothing compared');
  });

  it('between machines, with a for-loop on one side alone, is none', () => {
    const outcome = (strategy: string) => (strategy === 'for-loop' ? crashed : undefined);
    const elsewhere = { host: { ...run().header.host, cpu: 'Other CPU' } };
    const again = run({ seed: 2, outcome, header: elsewhere });
    expect(compared(run({ outcome }), again, { acrossHosts: true }).verdict).toBe('nothing compared');
  });

  it('in part says how much of it was compared', () => {
    const outcome = (strategy: string) => (strategy === 'async-tasks' ? crashed : undefined);
    const { coverage, verdict } = compared(run({ outcome }), run({ seed: 2, outcome }));
    expect(coverage).toMatchObject({ cells: 16, compared: 12 });
    expect(coverage.uncompared[0]).toMatchObject({ strategy: 'async-tasks', base: { how: 'crashed' } });
    expect(['fine', 'undecided']).toContain(verdict);
  });
});

describe('what a reader of the verdict cares about', () => {
  it('a crossover that moved by a factor of 2 is told with its places', () => {
    const { crossovers } = compared(run(), run({ seed: 2, strategies: [loop, packed, tasks, pool(64)] }));
    const moved = crossovers.find(({ account }) => account === 'warm');
    expect(moved).toMatchObject({ axis: 'keys', challengers: ['worker-threads'], red: false });
    expect(moved?.factor?.value).toBeGreaterThan(1.7);
    expect(moved?.factor?.value).toBeLessThan(2.3);
  });

  it('is red where the configuration says so', () => {
    const head = run({ seed: 2, strategies: [loop, packed, tasks, pool(64)] });
    const { crossovers } = compared(run(), head, { limits: { ...limits, crossover: 1.3 } });
    expect(crossovers.find(({ account }) => account === 'warm')).toMatchObject({ red: true });
  });

  it('a crossover that vanished is told', () => {
    const never = [loop, packed, tasks, model('worker-threads', 'threads', ({ keys }) => 3 * loopNs * keys)];
    const { crossovers } = compared(run(), run({ seed: 2, strategies: never }));
    expect(crossovers.find(({ account }) => account === 'warm')).toMatchObject({
      before: { kind: 'at' },
      after: { kind: 'never' },
    });
  });

  it('another winner is told', () => {
    const head = run({
      seed: 2,
      strategies: [
        loop,
        model('typed-array', 'vectorized', ({ keys }) => 0.2 * loopNs * keys),
        tasks,
        pool(32),
      ],
    });
    expect(compared(run(), head).winners).toContainEqual(
      expect.objectContaining({ before: 'for-loop', after: 'typed-array', point: { keys: 4 } }),
    );
  });

  it('cells that one side alone has are listed, and no failure', () => {
    const comparison = compared(run({ strategies: [loop, packed, tasks] }), run({ seed: 2 }));
    expect(comparison.newCells).toHaveLength(4);
    expect(comparison.removedCells).toEqual([]);
    expect(comparison.verdict).not.toBe('regression');
  });
});

it('another code of the kernel is noted, another code of a strategy is what is compared', () => {
  const files = (kernel: string, strategy: string) => ({
    header: {
      code: {
        tool: 'a',
        files: [
          { file: 'k.mjs', sha256: kernel, kernel: true as const },
          { file: 's.mjs', sha256: strategy },
        ],
      },
    },
  });
  const notes = (head: ReturnType<typeof files>) =>
    compared(run(files('1', '1')), run({ seed: 2, ...head })).notes;
  expect(notes(files('1', '2'))).toEqual([]);
  expect(notes(files('2', '1'))).toEqual([{ kind: 'other kernel', scenario: 'large-lists', file: 'k.mjs' }]);
});

describe('runs that cannot be compared', () => {
  const host = (change: object) => ({ header: { host: { ...run().header.host, ...change } } });

  it.each([
    ['another processor', host({ cpu: 'Other CPU' }), 'they come from different machines: cpu is'],
    ['another Node', host({ node: '22.1.0' }), 'base ran on Node 20.20.0, head on Node 22.1.0'],
    ['another seed', { header: { seed: 7 } }, 'their seeds differ (1 and 7)'],
    [
      'another calibration',
      { header: { calibration: { options: { rate: 3 }, at: '' } } },
      'calibration differs',
    ],
    ['a quick run', { header: { quick: true } }, 'one run is quick and the other is not (head is)'],
    [
      'a side of a job',
      { job: { job: 'j', side: 'head' as const } },
      'head was measured inside a comparison',
    ],
  ])('%s is refused, with what to do', (_, given, message) => {
    expect(() => compared(run(), run({ seed: 2, ...given }))).toThrow(message);
    expect(() => compared(run(), run({ seed: 2, ...given }))).toThrow(/--across-hosts|same command/);
  });

  it('with other NODE_OPTIONS or --node-arg are refused, but not where an older file does not say', () => {
    const code = (more: object) => ({ header: { code: { tool: 'a', files: [], ...more } } });
    const jitless = run({ seed: 2, ...code({ nodeOptions: '--jitless' }) });
    expect(() => compared(run(code({})), jitless)).toThrow(
      'base ran with no NODE_OPTIONS and no --node-arg, head with NODE_OPTIONS="--jitless"',
    );
    expect(() => compared(run(code({ nodeArgs: ['--jitless'] })), run({ seed: 2, ...code({}) }))).toThrow(
      'base ran with --node-arg --jitless, head with no NODE_OPTIONS',
    );
    expect(compared(run(code({})), jitless, { acrossHosts: true }).pairing).toBe('across hosts');
    expect(compared(run(), jitless).pairing).toBe('separate');
  });

  it('are reduced to ratios to for-loop with --across-hosts', () => {
    const head = run({ seed: 2, strategies: slower(1.3), ...host({ cpu: 'Other CPU' }) });
    const comparison = compared(run(), head, { acrossHosts: true });
    expect(comparison.pairing).toBe('across hosts');
    expect(new Set(comparison.rows.map(({ quantity }) => quantity))).toEqual(new Set(['ratio to for-loop']));
    expect(comparison.rows.some(({ strategy }) => strategy === 'for-loop')).toBe(false);
    expect(redStrategies(comparison)).toEqual(['worker-threads']);
  });

  it('without a scenario or a cell in common are refused', () => {
    const other = run();
    const named = {
      ...other,
      header: { ...other.header, scenario: { ...other.header.scenario, id: 'other' } },
    };
    expect(() => compared(run(), named)).toThrow('no scenario in common: base has large-lists, head other');
    expect(() => compared(run({ strategies: [loop] }), run({ strategies: [packed] }))).toThrow(
      'main and head have no cell in common',
    );
  });
});

describe('machines of one name whose new memory costs differently', () => {
  const { host } = run().header;
  const withPage = (againNs: number) =>
    run({
      header: { host: { ...host, memory: { lowNs: 200, highNs: 400, againNs, givesBack: true } } },
    });

  it('are another machine from three times on, but for ratios within each file', () => {
    expect(() => compared(withPage(250), withPage(1_000))).toThrow(
      /a page of new memory cost 250 ns on base and 1000 ns on head.*--across-hosts/,
    );
    expect(compared(withPage(250), withPage(1_000), { acrossHosts: true }).pairing).toBe('across hosts');
  });

  it('are compared with a doubt below that, and without one where they hardly differ or nobody looked', () => {
    const noteOf = (base: Results, head: Results) => compared(base, head).notes.map(({ kind }) => kind);
    expect(noteOf(withPage(250), withPage(500))).toContain('other memory');
    for (const same of [withPage(300), run()])
      expect(noteOf(withPage(250), same)).not.toContain('other memory');
  });
});
