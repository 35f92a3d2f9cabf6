import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { breakeven, type Ended, lastLine } from '../../test/support/cli/program.js';
import { readResults } from '../results/reader.js';

const { folder: cwd, remove } = writeFixtures();
afterAll(remove);

const timeout = 120_000;
/** One round shows that something runs; that takes a second for each cell with a pool. */
const brief = ['--quick', '--rounds', '1', '--only', 'for-loop'];

describe('a run', { timeout }, () => {
  let ended: Ended;
  let run: string;

  beforeAll(async () => {
    const args = [
      '--scenario',
      'large-lists',
      '--keys',
      '4',
      '--length',
      '30',
      '--quick',
      '--rounds',
      '4',
      '--only',
      'for-loop',
      '--only',
      'typed-array',
    ];
    ended = await breakeven(args, { cwd, env: { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') } });
    run = join(cwd, dirname(lastLine(ended)));
  }, timeout);

  it('ends with 0, a table, and the verdict as the last line of stdout', () => {
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stdout).toMatch(/^once, in a script +\S+ +[\d.]+ [nµm]?s /m);
    expect(lastLine(ended)).toMatch(/^reports\/large-lists\/\d{8}-\d{6}-quick\/verdict\.md$/);
    expect(existsSync(join(cwd, lastLine(ended)))).toBe(true);
  });

  it('says how far it is in plain lines away from a terminal', () => {
    expect(ended.stderr).toMatch(/^1\/8 {2}\d+ s left {2}round 1\/4/m);
    expect(ended.stderr).toContain('2 cells × 4 rounds');
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('\u001b');
  });

  it('leaves every cell of every round in the results file', () => {
    const { records, end } = readResults(join(run, 'results.ndjson'));
    expect(records.map(({ outcome }) => outcome.status)).toEqual(Array(8).fill('measured'));
    expect(end).toMatchObject({ status: 'finished' });
  });

  it('appends the summary to the page of a workflow step', () => {
    const summary = readFileSync(join(cwd, 'summary.md'), 'utf8');
    expect(summary).toContain('# Large lists');
    expect(summary).toContain('once, in a script');
  });

  it.each([['its folder'], ['its file'], ['nothing, as the newest']])(
    'is rebuilt byte for byte by report from %s',
    async (from) => {
      const before = contents(run);
      const named = { 'its folder': [run], 'its file': [join(run, 'results.ndjson')] }[from] ?? [];
      const { code, stdout } = await breakeven(['report', ...named], { cwd });
      expect(code).toBe(0);
      expect(stdout).toBe(ended.stdout);
      expect(contents(run)).toEqual(before);
      expect(before.size).toBeGreaterThan(1);
    },
  );
});

describe.concurrent('the user’s own', { timeout }, () => {
  const small = ['--keys', '2', '--length', '20', ...brief];

  it.each([
    ['a function from list to list', 'half.mjs', 'map'],
    ['a function from list to number', 'total.mjs', 'reduce'],
    ['an async function', 'later.mjs', 'wait'],
    ['a kernel', 'add.mjs', 'map'],
  ])('%s is measured in threads and processes too', async (_, kernel, kind) => {
    const pools = ['--only', 'worker-threads', '--only', 'child-process'];
    const { header, statuses } = await measured(['--kernel', kernel, ...small, ...pools]);
    expect(header.scenario.kernel).toMatchObject({ id: kernel.replace('.mjs', ''), kind });
    expect(statuses).toEqual(['measured']);
    expect(header.scenario.claims).toEqual([]);
  });

  it('data is swept over a quarter and all of its keys, with its lists whole', async () => {
    const { header, statuses } = await measured(['--data', 'lists.json', ...brief]);
    expect(header.cells.map(({ keys, elements }) => [keys, elements])).toEqual([
      [1, 3],
      [4, 10],
    ]);
    expect(header.scenario).toMatchObject({ id: 'lists', title: 'lists.json' });
    expect(statuses).toEqual(['measured']);
  });

  it('data from rows says what is missing', async () => {
    const rows = ['--data', 'rows.csv', '--group-by', 'city', '--value', 'delay', '--keys', '3'];
    const { header, stderr } = await measured([...rows, ...brief]);
    expect(stderr).toContain('rows.csv: 3 keys, 4 numbers, 1 missing value left out.');
    expect(header.scenario.data).toMatchObject({ keys: 3, elements: 4, missing: 1 });
  });

  it('scenario and strategies from files outside the package import breakeven', async () => {
    const own = ['--only', 'serial.mjs', '--only', './pool.mjs'];
    const { header, statuses } = await measured(['--scenario', 'own-kernel-scenario.mjs', ...own, ...brief]);
    expect(header.strategies.map(({ label }) => label)).toEqual(['serial', 'pool', 'for-loop']);
    expect(header.scenario.kernel).toMatchObject({ id: 'add', options: { add: 3 } });
    expect(statuses).toEqual(['measured']);
  });
});

describe.concurrent('the exit code', { timeout }, () => {
  const tiny = ['--scenario', 'tiny.mjs', '--quick', '--only', 'for-loop'];

  it('is 1 for a wrong answer, which is named and never ranks', async () => {
    const { code, stderr, stdout } = await breakeven([...tiny, '--rounds', '1', '--only', 'wrong.mjs'], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/wrong: wrong, round 1: .*key/);
    // The right one stands in each row, whatever the wrong one took.
    expect(stdout).toMatch(/^once, in a script +for-loop /m);
    expect(stdout).not.toMatch(/^(?:once|fresh|many)\b.* {2,}wrong /m);
  });

  it('is 4 for an undecided point, with --strict alone', async () => {
    // One round has no interval, and so no winner.
    const undecided = [...tiny, '--only', 'typed-array', '--rounds', '1'];
    expect(await breakeven([...undecided, '--strict'], { cwd })).toMatchObject({ code: 4 });
    expect(await breakeven(undecided, { cwd })).toMatchObject({ code: 0 });
  });

  it('is 0 for a dry run, which measures and writes nothing', async () => {
    const { code, stdout } = await breakeven([...tiny, '--dry-run', '--out', 'nowhere'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /tiny: 1 cells, one at a time, at most \d+ Mi?B.* until every question is answered, at most \d+/,
    );
    expect(existsSync(join(cwd, 'nowhere'))).toBe(false);
  });

  it('is 0 for a dry run of a budget in which nothing can win, which is said with what would fit', async () => {
    // The budget lies between one round and four, whatever the prices that this machine is known for.
    const [lists, more] = [
      ['--scenario', 'large-lists', '--dry-run', '--out', 'nowhere'],
      ['--keys', '4', '--length', '30', '--only', 'for-loop', '--only', 'typed-array'],
    ];
    // Cells of the length that a user's have.
    const env = { BREAKEVEN_INTERNAL_SAMPLING: '' };
    const { code, stdout } = await breakeven([...lists, ...more, '--budget', '4s'], { cwd, env });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Nothing can win within 4 s: that holds \d rounds? of large-lists .*--budget \d+s holds them/,
    );
    const own = await breakeven([...lists, ...more, '--budget', 'default'], { cwd, env });
    expect(own.stdout).toContain('within a budget of 3 min.');
    expect(own.stdout).not.toContain('Nothing can win');
  });
});

describe('list', { timeout }, () => {
  it('shows what there is', async () => {
    const { code, stdout } = await breakeven(['list'], { cwd });
    expect(code).toBe(0);
    for (const name of ['Scenarios', 'large-lists', 'Strategies', 'for-loop', 'Kernels', 'square-minus-13'])
      expect(stdout).toContain(name);
  });

  it('says the same through the parser', async () => {
    const [bare, parsed] = await Promise.all(
      [['list'], ['list', '--']].map((args) => breakeven(args, { cwd })),
    );
    expect(parsed).toEqual(bare);
  });
});

/** Runs to the end; the header and the different statuses of its records. */
async function measured(args: readonly string[]) {
  const ended = await breakeven(args, { cwd });
  expect(ended).toMatchObject({ code: 0 });
  const { header, records } = readResults(join(cwd, dirname(lastLine(ended)), 'results.ndjson'));
  return { header, statuses: [...new Set(records.map(({ outcome }) => outcome.status))], ...ended };
}

/** Every file of a run's report, but for the results it is made from. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'results.ndjson')
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return new Map(names.map((name) => [name, readFileSync(name, 'base64')]));
}
