import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { breakeven, lastLine } from '../../test/support/cli/program.js';
import { faultyProgram, manifestWith } from '../../test/support/programs/processes.js';
import type { RunHeader } from '../results/format.js';

const { folder, remove } = writeFixtures();
afterAll(remove);

function programIn(name: string, more: object = {}): void {
  mkdirSync(join(folder, name));
  const tools = { node: process.execPath, python: 'python3' };
  const command = ['{node}', faultyProgram, 'none'];
  const manifest = { ...manifestWith('none'), id: name, tools, command, ...more };
  writeFileSync(join(folder, name, 'program.json'), JSON.stringify(manifest));
}

const quick = ['bench', '--scenario', 'tiny.mjs', '--quick', '--rounds', '1', '--only', 'for-loop'];
const run = (...more: string[]) => breakeven([...quick, ...more], { cwd: folder });

function headerOf(name: string): RunHeader {
  const runs = readdirSync(join(folder, name, 'tiny'));
  const lines = readFileSync(join(folder, name, 'tiny', runs[0], 'results.ndjson'), 'utf8').split('\n');
  return JSON.parse(lines[0]) as RunHeader;
}

describe('strategies in other languages', { timeout: 120_000 }, () => {
  test('are measured where they are named, and shown beside the ranking', async () => {
    programIn('honest');
    const ended = await run('--only', './honest', '--out', 'a');
    expect(ended.code, ended.stderr).toBe(0);
    expect(headerOf('a').strategies.map(({ label, home }) => [label, home])).toEqual([
      ['for-loop', undefined],
      ['honest-loop', 'program'],
      ['honest-loop-from-node', undefined],
    ]);
    expect(readFileSync(join(folder, lastLine(ended)), 'utf8')).toContain('## Beside it, in other languages');
  });

  test('whose interpreter is missing are skipped with what they need, and nothing failed', async () => {
    programIn('absent', { command: ['no-such-interpreter'] });
    const ended = await run('--only', './absent', '--out', 'b');
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout + ended.stderr).toContain('absent-loop: skipped: needs a made-up interpreter');
    expect(headerOf('b').cells.map(({ notApplicable }) => notApplicable)).toEqual([
      undefined,
      expect.stringContaining('skipped: needs a made-up interpreter'),
      expect.stringContaining('skipped: needs a made-up interpreter'),
    ]);
  });

  test('that fail cost their cells, and the run says so', async () => {
    programIn('dying', { command: ['{node}', faultyProgram, 'dies compute'] });
    const ended = await run('--only', './dying:loop', '--out', 'c');
    expect(ended.code).toBe(1);
    expect(readFileSync(join(folder, lastLine(ended)), 'utf8')).toContain('no more of this at compute');
  });

  test('whose manifest has an error are refused before anything is measured', async () => {
    programIn('odd', { kernels: 'all' });
    const ended = await run('--only', './odd', '--out', 'd');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('program odd/program.json: `kernels` must be a list of kernel ids');
  });

  test('and other people’s pools take part with --peers, or say what they need', async () => {
    const ended = await run('--peers', '--out', 'g');
    expect(ended.code, ended.stderr).toBe(0);
    const { strategies, cells } = headerOf('g');
    expect(strategies.map(({ label }) => label)).toEqual(['for-loop', 'piscina']);
    expect([undefined, 'skipped: needs piscina: npm run peers']).toContain(cells[1].notApplicable);
  });

  test('in Python run under the interpreter that --python names', async () => {
    programIn('interpreted', { command: ['{python}', faultyProgram, 'none'] });
    cpSync(process.execPath, join(folder, 'my-python'));
    const ended = await run('--only', './interpreted:loop', '--python', './my-python', '--out', 'e');
    expect(ended.code, ended.stderr).toBe(0);
    const missing = await run('--only', './interpreted:loop', '--python', './none', '--out', 'f');
    expect([missing.code, missing.stderr]).toEqual([
      2,
      expect.stringContaining('--python ./none: there is no such file.'),
    ]);
  });
});
