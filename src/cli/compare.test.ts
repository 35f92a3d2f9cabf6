import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven, lastLine } from '../../test/support/cli/program.js';
import { exampleRun, exampleStrategies, syntheticResults } from '../../test/support/synthetic.js';
import type { JournalLine, Results } from '../results/format.js';

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

/** A run's folder, made from a model; `factor`: how much slower worker-threads are. */
function store(name: string, seed: number, factor = 1, change: object = {}): string {
  const strategies = exampleStrategies.map((one) =>
    one.label === 'worker-threads'
      ? { ...one, run: (shape: Parameters<typeof one.compute>[0]) => factor * (one.run?.(shape) ?? 0) }
      : one,
  );
  const results = syntheticResults({
    ...exampleRun,
    strategies,
    sweeps: [{ keys: [8], length: [1_000, 16_000] }],
    seed,
  });
  const header = { ...results.header, seed: 1, ...change } as Results['header'];
  const lines: JournalLine[] = [header, ...results.records, ...(results.end ? [results.end] : [])];
  mkdirSync(join(cwd, name), { recursive: true });
  writeFileSync(join(cwd, name, 'results.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return name;
}

beforeAll(() => {
  store('before', 1);
  store('after', 2);
  store('slower', 2, 1.5);
  store('elsewhere', 2, 1, { host: { ...syntheticResults(exampleRun).header.host, cpu: 'Other CPU' } });
  store('other-scenario', 2, 1, {
    scenario: { ...syntheticResults(exampleRun).header.scenario, id: 'other' },
  });
  store('reports/baselines/main/large-lists', 1);
  const whole = readFileSync(join(cwd, 'after', 'results.ndjson'), 'utf8');
  writeFileSync(join(cwd, 'torn.ndjson'), whole.slice(0, Math.floor(0.9 * whole.length)));
});

describe.concurrent('compare of two stored runs', { timeout: 60_000 }, () => {
  it('ends with 0 where nothing became slower, and with the report as last line', async () => {
    const ended = await breakeven(['compare', 'before', 'after'], { cwd });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toMatch(/^No (difference was found|regression)/);
    const folder = dirname(join(cwd, lastLine(ended)));
    expect(existsSync(join(folder, 'comparison.md'))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8'))).toMatchObject({ version: 5 });
    expect(existsSync(join(folder, 'charts', 'change-large-lists.png'))).toBe(true);
  });

  it('ends with 1 where a strategy did, names it, and appends to the page of a workflow step', async () => {
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'step.md') };
    const ended = await breakeven(['compare', 'before', 'slower', '--fail-on', '10%'], { cwd, env });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).toMatch(/^Regression: `worker-threads` is (up to )?\d\d % slower/);
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toContain('Regression: `worker-threads`');
  });

  it('takes files, and the names of baselines', async () => {
    const named = await together.run(['compare', 'slower/results.ndjson', '--baseline', 'main']);
    expect(named).toMatchObject({ code: 1 });
    expect(named.stdout).toContain('worker-threads');
    expect(await together.run(['compare', 'main', 'after'])).toMatchObject({ code: 0 });
  });

  it('takes limits from a file, and --strict makes doubt an exit code', async () => {
    const config = join(cwd, 'loose.json');
    writeFileSync(config, JSON.stringify({ cpu: '100%', strategies: { 'worker-threads': '90%' } }));
    expect(await together.run(['compare', 'before', 'slower', '--config', 'loose.json'])).toMatchObject({
      code: 0,
    });
    const strict = await together.run(['compare', 'before', 'after', '--strict']);
    expect([0, 4]).toContain(strict.code);
    expect(strict.code).toBe(strict.stdout.includes('undecided') ? 4 : 0);
  });

  it('compares ratios of runs from different machines where that is asked for', async () => {
    const ended = await together.run(['compare', 'before', 'elsewhere', '--across-hosts']);
    expect(ended).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, lastLine(ended)), 'utf8')).toContain('ratio to for-loop');
  });

  it('looks back into a history, and adds nothing to it: stored runs do not say their commit', async () => {
    const ended = await together.run(['compare', 'before', 'slower', '--history', 'past.ndjson']);
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toContain('Nothing is added to past.ndjson');
    expect(existsSync(join(cwd, 'past.ndjson'))).toBe(false);
    expect(readFileSync(join(cwd, lastLine(ended)), 'utf8')).toContain('<summary>History</summary>');
  });

  it('reads what a torn file has, and says so in the report', async () => {
    const ended = await together.run(['compare', 'before', 'torn.ndjson']);
    expect([0, 1]).toContain(ended.code);
    expect(readFileSync(join(cwd, lastLine(ended)), 'utf8')).toContain('was torn off');
  });
});

describe.concurrent('bad input to compare ends with 2 and says what to do', { timeout: 60_000 }, () => {
  it.each([
    ['', 'compare what? Two stored runs: compare BASE HEAD; or two commits: compare --base main.'],
    ['before', 'compare takes two runs, BASE and HEAD, and was given 1: before.'],
    ['before after slower', 'and was given 3: before after slower.'],
    ['before missing', 'missing is neither a file nor a folder, and no baseline: save one with'],
    ['before .', '. holds several runs of scenario large-lists: name the folder of one of them.'],
    ['before newer.ndjson', 'has version 99 of the results format; this tool reads versions 1 to 3.'],
    ['before cut-off.ndjson', 'is empty or has no complete line'],
    ['before notes.txt', 'is empty or has no complete line'],
    ['before other.ndjson', 'is not a results file of breakeven'],
    ['before elsewhere', 'they come from different machines: cpu is'],
    ['before other-scenario', 'no scenario in common: base has large-lists, head other'],
    ['before after --fail-on 5', '--fail-on 5: write a percentage above 0, like 5%.'],
    ['before after --config missing.json', '--config missing.json: there is no such file.'],
    ['before after --config lists.json', 'lists.json: '],
    [
      'before after --max-time 4m',
      '--max-time belongs to a comparison of commits: name the base too, with --base REF.',
    ],
    ['--history notes.txt', 'notes.txt holds no whole line: it is no history.'],
    ['before after --history other.ndjson', 'other.ndjson, line 1: it does not say "breakeven-history".'],
    ['--history missing.ndjson', 'missing.ndjson has no line of a history yet: breakeven compare --base REF'],
    [
      'before after --history no/such.ndjson',
      '--history no/such.ndjson cannot be written: there is no folder no.',
    ],
    ['before after --base main', '--base main measures two commits: leave out before'],
    ['before after --fial-on 5%', 'compare has no option --fial-on. Did you mean "fail-on"?'],
    ['--resume before', 'before holds no job.json'],
    ['--base main', 'comparing commits needs a git repository, and this folder is in none.'],
  ])('compare %s', async (args, says) => {
    const words = ['compare', ...args.split(' ').filter((word) => word !== '')];
    const ended = await together.run(words);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(2);
    expect(ended.stderr).not.toContain('unexpected');
  });

  it('--save with a name that is no name', async () => {
    const ended = await breakeven(['bench', '--save', '../x'], { cwd });
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stderr).toContain(
      '--save ../x: a name has letters, digits, dots, dashes and underscores only.',
    );
  });
});

describe('bench --save', { timeout: 120_000 }, () => {
  it('keeps the results under a name that compare finds', async () => {
    const args = [
      '--scenario',
      'tiny.mjs',
      '--quick',
      '--rounds',
      '1',
      '--only',
      'for-loop',
      '--save',
      'first',
    ];
    const ended = await breakeven(args, { cwd });
    expect(ended.stderr).toContain('Kept as reports/baselines/first/tiny/results.ndjson');
    copyFileSync(join(cwd, dirname(lastLine(ended)), 'results.ndjson'), join(cwd, 'tiny-run.ndjson'));
    const compared = await breakeven(['compare', 'first', 'tiny-run.ndjson'], { cwd });
    expect(compared.stdout).toMatch(/^No difference was found/);
  });
});
