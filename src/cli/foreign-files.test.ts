import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven } from '../../test/support/cli/program.js';
import { digestTree } from '../../test/support/cli/tree-digest.js';
import { madeUpResults } from '../../test/support/lesson-runs.js';

const cwd = mkdtempSync(join(tmpdir(), 'foreign-test-'));
const { run, end } = oneProcess({ cwd });
afterAll(async () => {
  await end();
  rmSync(cwd, { recursive: true, force: true });
});

/** Results of a run that nobody measured. */
let results = '';
beforeAll(() => {
  for (const { header, records, end: last } of madeUpResults({ only: ['paying'] }).values())
    results = [header, ...records, ...(last === undefined ? [] : [last])]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('');
});

function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name, path)), { recursive: true });
    writeFileSync(join(cwd, name, path), text);
  }
  return name;
}

describe('report', { timeout: 60_000 }, () => {
  it('of a file among others leaves them as they are, and rebuilds what it wrote itself', async () => {
    const name = folder('downloads', {
      'run.ndjson': results,
      'charts/logo.png': 'mine',
      'notes.md': 'mine',
    });
    const before = digestTree(join(cwd, name));
    expect(await run(['report', `${name}/run.ndjson`])).toMatchObject({ code: 0 });
    const written = digestTree(join(cwd, name));
    expect(written).toMatchObject(before);
    expect(Object.keys(written)).toContain('verdict.md');
    expect(await run(['report', `${name}/run.ndjson`])).toMatchObject({ code: 0 });
    expect(digestTree(join(cwd, name))).toEqual(written);
  });

  it('never writes over a verdict.md that is not its own, and the way out that it names works', async () => {
    const name = folder('taken', { 'run.ndjson': results, 'verdict.md': 'mine' });
    const before = digestTree(join(cwd, name));
    const refused = await run(['report', `${name}/run.ndjson`]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('verdict.md in taken was not written by breakeven');
    expect(digestTree(join(cwd, name))).toEqual(before);
    const advice = /breakeven (report \S+ --to) FOLDER/.exec(refused.stderr)?.[1].split(' ') ?? [];
    expect(await run([...advice, 'elsewhere/new'])).toMatchObject({ code: 0 });
    expect(digestTree(join(cwd, name))).toEqual(before);
    expect(readFileSync(join(cwd, 'elsewhere/new/verdict.md'), 'utf8')).toContain('#');
  });

  it('of a run folder older than manifests is written where it would write the same', async () => {
    const name = folder('older', { 'results.ndjson': results });
    await run(['report', name]);
    rmSync(join(cwd, name, '.breakeven-outputs.json'));
    expect(await run(['report', name])).toMatchObject({ code: 0 });
    rmSync(join(cwd, name, '.breakeven-outputs.json'));
    writeFileSync(join(cwd, name, 'verdict.md'), 'of an older version');
    expect(await run(['report', name])).toMatchObject({ code: 2 });
    expect(readFileSync(join(cwd, name, 'verdict.md'), 'utf8')).toBe('of an older version');
  });

  it('refuses --to beside --explain, and a file as folder', async () => {
    folder('plain', { 'run.ndjson': results });
    const said = async (...args: string[]) => (await run(['report', 'plain/run.ndjson', ...args])).stderr;
    expect(await said('--to', 'x', '--explain', 'c1')).toContain('--explain writes nothing: leave out --to.');
    expect(await said('--to', 'plain/run.ndjson')).toContain('--to plain/run.ndjson cannot be written');
  });

  it('of the samples that are committed works, and changes nothing', async () => {
    const sample = new URL('../../../reports/sample/item-cost', import.meta.url);
    cpSync(sample, join(cwd, 'sample'), { recursive: true });
    const before = digestTree(join(cwd, 'sample'));
    expect(readdirSync(join(cwd, 'sample'))).toContain('.breakeven-outputs.json');
    // Pictures as users get them, and not those of few pixels that tests draw.
    const env = { BREAKEVEN_INTERNAL_DENSITY: '2' };
    expect(await breakeven(['report', 'sample'], { cwd, env })).toMatchObject({ code: 0 });
    expect(digestTree(join(cwd, 'sample'))).toEqual(before);
  });
});
