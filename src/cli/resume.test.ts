import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { differences, hasHeader, runAndKill } from '../../test/support/cli/killed-run.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven, lastLine } from '../../test/support/cli/program.js';
import type { RunHeader } from '../results/format.js';
import { seededRandom } from '../results/random.js';
import { readResults } from '../results/reader.js';

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

describe('a simulated run whose process group is killed at a random moment', { timeout: 60_000 }, () => {
  const root = mkdtempSync(join(tmpdir(), 'breakeven-killed-'));
  const folderOf = (name: string) => mkdtempSync(join(root, name));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['rounds', 3],
    ['budget', 2],
  ] as const)('planned by %s is resumed as if it had not been', async (mode, kills) => {
    const random = seededRandom(5);
    const unbroken = folderOf('unbroken-');
    const beganMs = performance.now();
    await runAndKill(unbroken, mode, Number.POSITIVE_INFINITY);
    const lengthMs = performance.now() - beganMs;
    for (let kill = 0; kill < kills; kill++) {
      const folder = folderOf('killed-');
      const killed = await runAndKill(folder, mode, (0.2 + 0.5 * random.uniform()) * lengthMs);
      if (!hasHeader(folder)) continue;
      await runAndKill(folder, mode, Number.POSITIVE_INFINITY);
      expect(differences(folder, unbroken, killed ? 1 : 0)).toEqual([]);
    }
  });
});

describe('--resume', { timeout: 120_000 }, () => {
  let finished: string;
  let lines: string[];

  beforeAll(async () => {
    const args = ['--scenario', 'tiny.mjs', '--quick', '--rounds', '2'];
    finished = dirname(lastLine(await breakeven(args, { cwd })));
    lines = readFileSync(join(cwd, finished, 'results.ndjson'), 'utf8')
      .trimEnd()
      .split('\n');
  }, 120_000);

  /** A run with these lines, the last one perhaps torn. */
  function runOf(name: string, text: string): string {
    cpSync(join(cwd, finished), join(cwd, name), { recursive: true });
    rmSync(join(cwd, name, 'verdict.md'));
    writeFileSync(join(cwd, name, 'results.ndjson'), text);
    return name;
  }

  function withHeader(name: string, change: (header: RunHeader) => object): string {
    const header = JSON.parse(lines[0]) as RunHeader;
    return runOf(name, [JSON.stringify({ ...header, ...change(header) }), lines[1], ''].join('\n'));
  }

  it('measures what is missing, drops a torn line and says so, and writes the report', async () => {
    const torn = `${lines.slice(0, 3).join('\n')}\n${lines[3].slice(0, 40)}`;
    const run = runOf('torn', torn);
    const { code, stderr, stdout } = await breakeven(['--resume', run], { cwd });
    expect(stderr).toContain('2 measured cells are kept. A torn last line was dropped.');
    // 3: the machine was too busy to judge, which is no matter here.
    expect([0, 3]).toContain(code);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('torn/verdict.md');
    const { records, end, notes } = readResults(join(cwd, run, 'results.ndjson'));
    expect(records.slice(0, 2)).toEqual([lines[1], lines[2]].map((line) => JSON.parse(line)));
    expect(records.map(({ cell, round }) => `${cell} ${round}`).sort()).toEqual([
      'c1 0',
      'c1 1',
      'c2 0',
      'c2 1',
    ]);
    expect([end?.status, notes]).toEqual(['finished', []]);
  });

  it('says of a finished run that it is finished', async () => {
    const { code, stderr } = await breakeven(['--resume', finished], { cwd });
    expect(stderr).toContain('This run is finished already');
    expect(code).toBe(0);
  });

  it.each<[string, (header: RunHeader) => object, string]>([
    ['version', () => ({ tool: '0.0.9' }), 'was made by breakeven 0.0.9, and this is'],
    ['machine', ({ host }) => ({ host: { ...host, fingerprint: 'other' } }), 'on another machine'],
    ['Node', ({ host }) => ({ host: { ...host, node: '1.2.3' } }), 'with Node 1.2.3, and this is Node'],
    [
      'scenario',
      ({ scenario }) => ({ scenario: { ...scenario, question: 'Why?' } }),
      'the scenario is not what it was',
    ],
    [
      'calibration',
      () => ({ calibration: { options: { rate: 1 }, at: '2026-01-01' } }),
      'calibration for this machine',
    ],
    ['cells', ({ cells }) => ({ cells: cells.slice(1) }), 'the cells are not those of the run'],
    ['seed', () => ({ seed: 2 }), 'rounds, seed, margin, limit or budget'],
  ])('refuses a run of another %s and writes nothing', async (what, change, says) => {
    const run = withHeader(`other-${what}`, change);
    await refused(['--resume', run], says, join(run, 'results.ndjson'));
  });

  it('refuses a journal that is none, and options beside it', async () => {
    await refused(['--resume', 'other.ndjson'], 'is not a results file of breakeven', 'other.ndjson');
    await refused(['--resume', 'missing'], 'missing does not exist', 'other.ndjson');
    await refused(['--resume', finished, '--keys', '4'], 'leave out --keys', 'other.ndjson');
  });

  it('refuses a run that another process is measuring, with exit code 5', async () => {
    const run = runOf('busy', `${lines.slice(0, 3).join('\n')}\n`);
    const start = readFileSync(`/proc/${process.pid}/stat`, 'utf8').split(') ')[1].split(' ')[19];
    appendFileSync(join(cwd, run, 'results.lock'), `${process.pid} ${start}`);
    const { code, stderr } = await breakeven(['--resume', run], { cwd });
    expect(stderr).toContain(`process ${process.pid} is measuring in ${run} at this moment`);
    expect(code).toBe(5);
  });

  async function refused(args: readonly string[], says: string, file: string): Promise<void> {
    const before = statSync(join(cwd, file));
    const { code, stderr, stdout } = await together.run(args);
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([2, '']);
    expect(statSync(join(cwd, file))).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
  }
});
