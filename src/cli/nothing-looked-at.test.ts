import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven } from '../../test/support/cli/program.js';
import { exampleRun, syntheticResults } from '../../test/support/synthetic.js';
import type { Outcome } from '../results/format.js';

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

/** A stored run of the example, every cell of which ended so. */
function store(name: string, outcome: Outcome): void {
  const { header, records, end } = syntheticResults({ ...exampleRun, outcome: () => outcome });
  const lines = [header, ...records, ...(end === undefined ? [] : [end])];
  mkdirSync(join(cwd, name), { recursive: true });
  writeFileSync(
    join(cwd, name, 'results.ndjson'),
    `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`,
  );
}

beforeAll(() => {
  store('crashed', { status: 'crashed', message: 'database is down' });
  store('limited', { status: 'skipped', message: 'it hit its limit' });
  store('lesson/waiting', { status: 'skipped', message: 'it hit its limit' });
  writeFileSync(
    join(cwd, 'slow.mjs'),
    `import { defineStrategy } from 'breakeven';
export default defineStrategy({ title: 'slow', family: 'serial',
  open: () => ({ run: () => new Promise((resolve) => setTimeout(resolve, 60_000)), close() {} }) });`,
  );
});

/** One line per command: looking at nothing is never 0, and never passes for something bad that was found. */
describe('a command that had nothing to look at', { timeout: 120_000 }, () => {
  it.each([
    ['compare crashed crashed', 3, 'Nothing could be compared: every cell crashed on both sides'],
    ['compare limited limited', 3, 'Nothing could be compared: every cell hit its limit on both sides'],
    ['report crashed', 3, 'Nothing was measured: no cell has a time.'],
    ['report limited', 3, 'Nothing was measured: no cell has a time.'],
    ['bench --resume limited', 3, 'Nothing was measured: no cell has a time.'],
    ['calibrate limited', 2, 'nothing was measured in this run that a profile could be made from'],
    ['lesson --from lesson', 3, 'Nothing was measured: no part of the lesson has a time.'],
    ['lesson --from crashed', 2, 'holds no results of a lesson'],
    ['project --keys 4 --length 9 --profile none.json', 2, 'there is no profile none.json'],
    ['advise --keys 4 --length 9 --profile none.json', 2, 'there is no profile none.json'],
  ])('%s ends with %i and says so', async (args, code, says) => {
    const ended = await together.run(args.split(' '));
    expect(`${ended.stdout}${ended.stderr}`).toContain(says);
    expect(ended.code).toBe(code);
  });

  it.each([['--help'], ['--version'], ['bench --help'], ['compare --help']])(
    '%s was asked for words, and ends with 0',
    async (args) => {
      const ended = await breakeven(args.split(' '), { cwd });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).not.toBe('');
    },
  );

  it('bench whose every cell hit its limit ends with 3, and writes what became of each', async () => {
    const args = [
      '--scenario',
      'tiny.mjs',
      '--quick',
      '--rounds',
      '1',
      '--limit',
      '1',
      '--only',
      './slow.mjs',
    ];
    const ended = await breakeven(args, { cwd });
    expect(ended.stderr).toContain('Nothing was measured: no cell has a time.');
    expect(ended.code).toBe(3);
  });

  it('is told of on the page of a workflow step, too', async () => {
    const page = join(cwd, 'step.md');
    await breakeven(['compare', 'crashed', 'crashed'], { cwd, env: { GITHUB_STEP_SUMMARY: page } });
    expect(readFileSync(page, 'utf8')).toContain('### ⚪ breakeven compare\n\nNothing could be compared');
  });
});

describe('a process in which a command never settles', { timeout: 60_000 }, () => {
  const lastWords = new URL('./last-words.js', import.meta.url).href;
  const inProgress = new URL('./last-words.js', import.meta.url).href;
  const run = (code: string) =>
    spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `
      import { watchForTheEnd } from '${lastWords}';
      import { noteRunInProgress } from '${inProgress}';
      const settle = watchForTheEnd();
      ${code}`,
      ],
      { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
    );

  it.each([
    ['waits for what never comes', 'await new Promise(() => {});', 'what it waited for never came'],
    [
      'is ended with 0 from within',
      'process.exit(0);',
      'the command was ended from within before it was done',
    ],
    [
      'is ended with 1 from within',
      'process.exit(1);',
      'the command was ended from within before it was done',
    ],
    [
      'throws in a timer',
      "setTimeout(() => { throw new Error('late'); }); setInterval(() => {}, 1000);",
      'unexpected: Error: late',
    ],
    [
      'rejects unheard',
      "Promise.reject(new Error('lost')); setInterval(() => {}, 1000);",
      'unexpected: Error: lost',
    ],
  ])('and that %s ends with 5 and one sentence', (_, code, says) => {
    const { status, stderr } = run(code);
    expect(stderr.trimEnd()).toContain(says);
    expect(status).toBe(5);
  });

  it('says what is kept where a run was going on', () => {
    const { status, stderr } = run(
      "noteRunInProgress('breakeven bench --resume here'); throw new Error('x');",
    );
    expect(stderr).toContain('What was measured is kept. Go on: breakeven bench --resume here');
    expect(status).toBe(5);
  });

  it('keeps the code of a command that has settled, whatever a late timer throws', () => {
    const { status, stderr } = run("settle(3); setTimeout(() => { throw new Error('late'); });");
    expect({ status, stderr }).toEqual({ status: 3, stderr: '' });
  });

  it('leaves the code of Ctrl-C alone', () => {
    expect(run('process.exit(130);')).toMatchObject({ status: 130, stderr: '' });
  });
});
