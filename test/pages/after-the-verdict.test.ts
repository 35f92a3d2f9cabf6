import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPage, root } from './pages.js';

/*
 * Every file on the page is written as it stands there, and run: a reader who copies one gets the right answers. One
 * process tries them all, as somebody's program would.
 */

const page = readPage('docs/after-the-verdict.md');
const files = new Map(
  page.blocks.flatMap(({ language, text }) => {
    const name = /^\/\/ (\S+)\n/.exec(text)?.[1];
    return ['js', 'ts'].includes(language) ? [[name ?? '', text] as const] : [];
  }),
);
const folder = mkdtempSync(join(tmpdir(), 'breakeven-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const triesFile = fileURLToPath(new URL('./after-the-verdict-tries.js', import.meta.url));
let tried: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  for (const line of compileLines()) await compile(line.split(' ').slice(2));
  copyFileSync(triesFile, join(folder, 'tries.mjs'));
  tried = JSON.parse(run(['tries.mjs']));
}, 120_000);

function compileLines(): string[] {
  return page.blocks
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line.startsWith('npx asc '));
}

/** As `npx asc` does in the reader's folder, without loading the compiler once more for each line. */
async function compile(args: readonly string[]): Promise<void> {
  const { error, stderr } = await asc.main([...args, '--baseDir', folder]);
  if (error !== null) throw new Error(`asc ${args.join(' ')}: ${stderr}`);
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

it('every file has a name of its own, and none is cut off', () => {
  expect([...files.keys()]).not.toContain('');
  const blocks = page.blocks.filter(({ language }) => ['js', 'ts'].includes(language));
  expect(files.size).toBe(blocks.length);
  expect(compileLines()).toHaveLength(2);
});

it.each([
  'loop.mjs',
  'loop.mjs again',
  'limited.mjs',
  'limited.mjs fails',
  'packed.mjs',
  'simd.mjs',
  'threads.mjs',
  'threads.mjs fails',
  'transfer.mjs',
  'shared.mjs',
  'simd-shared.mjs',
  'processes.mjs',
  'processes.mjs advanced',
  'processes.mjs fails',
])('%s answers right', (name) => {
  expect(tried[name]).toBe('right');
});

it('every module that a program would import was tried', () => {
  const imported = [...files.values()].flatMap((text) =>
    [...text.matchAll(/'\.\/([\w-]+\.mjs)'/g)].map(([, name]) => name),
  );
  const entries = [...files.keys()].filter((name) => name.endsWith('.mjs') && !imported.includes(name));
  expect(Object.keys(tried)).toEqual(expect.arrayContaining(entries));
});

it('every strategy of plain Node has its place on the page', () => {
  const ids = readdirSync(join(root, 'strategies')).flatMap((name) => /^([\w-]+)\.ts$/.exec(name)?.[1] ?? []);
  expect(ids.length).toBeGreaterThan(8);
  expect(ids.filter((id) => !page.spans.includes(id))).toEqual([]);
});
