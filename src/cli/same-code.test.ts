import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { breakeven, lastLine, startBreakeven } from '../../test/support/cli/program.js';
import type { RunHeader } from '../results/format.js';
import { readResults } from '../results/reader.js';

/*
 * A function that becomes 500 times slower between an interruption and `--resume` would make one number of two: the code
 * of a run is part of what it is.
 */

const { folder: cwd, remove } = writeFixtures();
afterAll(remove);

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const readHeader = (run: string): RunHeader => readResults(join(cwd, run, 'results.ndjson')).header;

const times = (count: number) => `export const times = ${count};`;
const kernel = `import { repeat } from './repeat.mjs';
export default (list) => repeat(() => list.map((x) => x / 2));`;
const repeat = `import { times } from './times.mjs';
export function repeat(work) { let last; for (let i = 0; i < times; i += 1) last = work(); return last; }`;

const shape = [
  '--kernel',
  'shorten.mjs',
  '--strategy',
  'for-loop',
  '--keys',
  '2',
  '--length',
  '20',
  '--rounds',
  '2',
];

describe('the code of a run', { timeout: 240_000 }, () => {
  let finished: string;

  beforeAll(async () => {
    write('shorten.mjs', kernel);
    write('repeat.mjs', repeat);
    write('times.mjs', times(1));
    finished = dirname(lastLine(await breakeven(shape, { cwd })));
  }, 240_000);

  /** The run as it was after its first cell. */
  function cutOff(name: string, change: (header: RunHeader) => object = () => ({})): string {
    cpSync(join(cwd, finished), join(cwd, name), { recursive: true });
    const lines = readFileSync(join(cwd, finished, 'results.ndjson'), 'utf8').split('\n');
    const header = JSON.parse(lines[0]) as RunHeader;
    write(`${name}/results.ndjson`, `${JSON.stringify({ ...header, ...change(header) })}\n${lines[1]}\n`);
    return name;
  }

  async function refused(
    run: string,
    says: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const before = readFileSync(join(cwd, run, 'results.ndjson'));
    const { code, stderr } = await breakeven(['--resume', run], { cwd, env });
    expect(stderr).toContain(says);
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, run, 'results.ndjson')).equals(before)).toBe(true);
  }

  /** Whole lines of the one results file below a folder. */
  function linesBelow(folder: string): number {
    const [file] = existsSync(join(cwd, folder))
      ? readdirSync(join(cwd, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
          name.endsWith('.ndjson'),
        )
      : [];
    return file === undefined ? 0 : readFileSync(join(cwd, folder, file), 'utf8').split('\n').length - 1;
  }

  it('stands in the header, with what the plug-in imports and no folder of the machine', () => {
    const { code } = readHeader(finished);
    expect(code?.files.map(({ file, kernel }) => [file, kernel])).toEqual([
      ['repeat.mjs', true],
      ['shorten.mjs', true],
      ['times.mjs', true],
    ]);
    expect(code).not.toHaveProperty('nodeOptions');
    expect(JSON.stringify(code)).not.toContain(cwd);
  });

  it('goes on where it is the same', async () => {
    const run = cutOff('same');
    const { stderr } = await breakeven(['--resume', run], { cwd });
    expect(stderr).toContain('1 measured cells are kept');
    expect(readResults(join(cwd, run, 'results.ndjson')).end?.status).toBe('finished');
  });

  it('is refused where the function became slower', async () => {
    const run = cutOff('slower');
    write(
      'shorten.mjs',
      kernel
        .replace(
          'repeat(() => ',
          'repeat(() => { for (let i = 0; i < 500; i += 1) list.map((x) => x / 2); return ',
        )
        .replace('));', '); });'),
    );
    await refused(
      run,
      'the run cannot go on: shorten.mjs is not what it was when this run began. Nothing was written',
    );
    write('shorten.mjs', kernel);
  });

  it('is refused where an import of an import changed', async () => {
    const run = cutOff('deep');
    write('times.mjs', times(500));
    await refused(run, 'times.mjs is not what it was when this run began');
    write('times.mjs', times(1));
  });

  it('is refused where NODE_OPTIONS or the tool itself are others', async () => {
    const run = cutOff('options');
    await refused(run, 'NODE_OPTIONS was empty when this run began, and is "--jitless" now', {
      NODE_OPTIONS: '--jitless',
    });
    const built = cutOff('built', ({ code }) => ({ code: { ...code, tool: '0'.repeat(64) } }));
    await refused(built, 'breakeven itself is not what it was when this run began');
  });

  it('is taken on trust in an older file, which is said', async () => {
    const run = cutOff('older', () => ({ code: undefined }));
    const { stderr } = await breakeven(['--resume', run], { cwd });
    expect(stderr).toContain('This run does not say which code it measured');
    expect(readResults(join(cwd, run, 'results.ndjson')).end?.status).toBe('finished');
  });

  it('stops the run in which it changes, and the printed command goes on once it is put back', async () => {
    const args = shape.with(-1, '400');
    const { child, ended } = startBreakeven(['--out', 'changing', ...args], { cwd });
    await until(() => child.exitCode !== null || linesBelow('changing') > 2);
    write('times.mjs', times(500));
    const { code, stderr } = await ended;
    write('times.mjs', times(1));
    expect(stderr).toContain(
      'times.mjs is not what it was when this run began: the rest would measure other code.',
    );
    expect(code).toBe(5);
    const [, run] = /breakeven bench --resume (\S+); or start/.exec(stderr) ?? [];
    expect(readHeader(run).code?.files.length).toBe(3);
    const again = startBreakeven(['bench', '--resume', run], { cwd });
    let said = '';
    again.child.stderr.on('data', (more: string) => {
      said += more;
      if (said.includes('Going on with')) again.child.kill('SIGINT');
    });
    await again.ended;
    expect(said).toContain('measured cells are kept');
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50));
}
