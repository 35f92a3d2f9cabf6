import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleRun, syntheticResults } from '../../../test/support/synthetic.js';
import { InputError } from '../../contract/errors.js';
import { appendHistory, readHistory } from './file.js';
import { type HistoryLine, makeHistoryLines } from './line.js';

const folder = mkdtempSync(join(tmpdir(), 'breakeven-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commit = { hash: '0123456789abcdef', committedAt: '2026-01-02T03:04:05Z' };

function linesOf(run: string): HistoryLine[] {
  const results = syntheticResults({ ...exampleRun, sweeps: [{ keys: [8], length: [1_000] }] });
  return makeHistoryLines(commit, 'head', run, [results]);
}

let files = 0;
function newFile(content?: string): string {
  const path = join(folder, `${++files}.ndjson`);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

const textOf = (lines: readonly HistoryLine[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('a history file', () => {
  it('gives back what was appended, and what stood there before stays byte for byte', async () => {
    const path = newFile();
    const [first, second] = [linesOf('a'), linesOf('b')];
    expect(first.length).toBeGreaterThan(10);
    expect(first[0]).toMatchObject({
      format: 'breakeven-history',
      version: 1,
      commit: commit.hash,
      side: 'head',
    });
    expect(await appendHistory(path, first)).toEqual({ file: path, lines: first });
    const before = readFileSync(path, 'utf8');
    await appendHistory(path, second);
    expect(readFileSync(path, 'utf8')).toBe(before + textOf(second));
    expect(readHistory(path).lines).toEqual([...first, ...second]);
  });

  it('of which a part is missing at its end is read without it, and the next line does not stand behind it', async () => {
    const [first, second] = [linesOf('a'), linesOf('b')];
    for (const cut of [1, 30, 200]) {
      const path = newFile(textOf(first).slice(0, -cut));
      const whole = cut === 1 ? first : first.slice(0, -1);
      expect(readHistory(path).lines).toEqual(first.slice(0, -1));
      expect((await appendHistory(path, second)).lines).toEqual([...whole, ...second]);
    }
  });

  it('may be merged line by line in any order, with lines twice', () => {
    const [first, second] = [linesOf('a'), linesOf('b')];
    const mixed = [...second.slice(3), ...first, ...second.slice(0, 3), ...first.slice(0, 2)];
    const { lines } = readHistory(newFile(textOf(mixed)));
    expect(lines).toHaveLength(first.length + second.length);
    expect(new Set(lines.map(({ run }) => run))).toEqual(new Set(['a', 'b']));
  });

  const [line] = linesOf('a');
  it.each<[string, string, RegExp]>([
    [
      'a mark of git',
      `${JSON.stringify(line)}\n<<<<<<< HEAD\n`,
      /line 2: git left a conflict there.*merge=union/,
    ],
    ['no JSON', 'when,what\n', /line 1: it is not JSON\. Take it out/],
    ['other JSON', '{"a":1}\n', /line 1: it does not say "breakeven-history"/],
    [
      'a later version',
      textOf([{ ...line, version: 2 as 1 }]),
      /line 1: it has version 2 .* reads version 1/,
    ],
    [
      'a time below zero',
      textOf([{ ...line, ns: { value: -1 } }]),
      /line 1: ns\.value: .* Take the line out/,
    ],
    ['a date that is none', textOf([{ ...line, committedAt: 'last week' }]), /line 1: committedAt: /],
    [
      'a commit that is none',
      textOf([{ ...line, commit: 'main; rm -rf' }]),
      /line 1: commit: a hash of a commit/,
    ],
    ['no end of a line', 'my notes', /holds no whole line: it is no history/],
  ])('with %s is refused, and stays as it is', async (_, content, message) => {
    const path = newFile(content);
    expect(() => readHistory(path)).toThrow(message);
    await expect(appendHistory(path, [line])).rejects.toThrow(InputError);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('whose last line is somebody else’s is not cut', async () => {
    const path = newFile(`${textOf([line])}# my notes`);
    const other = { ...line, run: 'another' };
    await expect(appendHistory(path, [other])).rejects.toThrow(/last line has no end, and is none of ours/);
    expect(readFileSync(path, 'utf8')).toBe(`${textOf([line])}# my notes`);
  });

  it('shows names that could end a table as others', () => {
    const { lines } = readHistory(newFile(textOf([{ ...line, strategy: 'a`|b' }])));
    expect(lines[0].strategy).toBe('aˋ¦b');
  });

  it('takes the lines of several processes at once, of which some are killed, and none is torn', async () => {
    const path = newFile();
    const module = fileURLToPath(new URL('./file.js', import.meta.url));
    const lines = linesOf('a');
    const code = `
      const { appendHistory } = await import(${JSON.stringify(module)});
      const lines = ${JSON.stringify(lines)};
      for (let i = 0; i < 25; i++) await appendHistory(process.argv[1], lines.map((l) => ({ ...l, run: process.argv[2] + i })));
    `;
    const start = (name: string) =>
      spawn(process.execPath, ['--input-type=module', '-e', code, '--', path, name], { stdio: 'inherit' });
    const ended = (child: ReturnType<typeof start>) =>
      new Promise<number | null>((resolve) => child.once('exit', resolve));
    const children = ['a', 'b', 'c'].map(start);
    const killed = start('k');
    const codes = Promise.all(children.map(ended));
    const death = ended(killed);
    // Once it writes: wherever it is then.
    while (!readText(path).includes('"run":"k')) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill('SIGKILL');
    await death;
    expect(await codes).toEqual([0, 0, 0]);
    const { lines: read } = readHistory(path);
    for (const name of ['a', 'b', 'c'])
      expect(read.filter(({ run }) => run.startsWith(name))).toHaveLength(25 * lines.length);
    // Of each append of the killed one all lines are there, but for those that its death cut.
    const ofKilled = read.filter(({ run }) => run.startsWith('k'));
    expect(ofKilled.length).toBeGreaterThan(0);
  }, 60_000);
});

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
