import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFixtures } from '../../test/support/cli/fixtures.js';
import { oneProcess } from '../../test/support/cli/one-process.js';
import { breakeven, lastLine, startBreakeven } from '../../test/support/cli/program.js';
import { digestTree } from '../../test/support/cli/tree-digest.js';
import { type MadeUp, madeUpResults } from '../../test/support/lesson-runs.js';
import { partIds } from '../documents/lesson/part.js';
import { makeOwnedFolder } from '../files/owned-folder.js';

const { folder: cwd, remove } = writeFixtures();
const together = oneProcess({ cwd });
afterAll(async () => {
  await together.end();
  remove();
});

/** A folder as a lesson leaves it, of made-up results. */
function lessonIn(name: string, made?: MadeUp): string {
  for (const [part, { header, records, end }] of madeUpResults(made)) {
    mkdirSync(join(cwd, name, part), { recursive: true });
    const lines = [header, ...records, ...(end === undefined ? [] : [end])];
    writeFileSync(
      join(cwd, name, part, 'results.ndjson'),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }
  return name;
}

function outputsOf(folder: string): Map<string, string> {
  const names = (readdirSync(join(cwd, folder), { recursive: true }) as string[]).filter((name) =>
    /\.(md|png)$/.test(name),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(cwd, folder, name), 'base64')]));
}

const linesOf = (path: string) =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];

describe('lesson --from', { timeout: 60_000 }, () => {
  it('writes the lesson from results alone, and the same bytes again', async () => {
    const folder = lessonIn('made-up');
    const first = await breakeven(['lesson', '--from', folder], { cwd });
    expect(first).toMatchObject({ code: 0 });
    expect(lastLine(first)).toBe(join(folder, 'lesson.md'));
    const outputs = outputsOf(folder);
    expect([...outputs.keys()]).toContain('lesson.md');
    expect(outputs.size).toBeGreaterThanOrEqual(6);
    for (const [, link] of readFileSync(join(cwd, folder, 'lesson.md'), 'utf8').matchAll(
      /\]\((charts\/[^)]+)\)/g,
    ))
      expect(outputs.has(link)).toBe(true);
    await breakeven(['lesson', '--from', folder], { cwd });
    expect(outputsOf(folder)).toEqual(outputs);
  });

  it('writes what there is of a lesson that was cut off', async () => {
    const folder = lessonIn('cut-off', { only: ['waiting', 'working'] });
    expect(await breakeven(['lesson', '--from', folder], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, folder, 'lesson.md'), 'utf8')).toContain('Not measured: lock, sending');
  });
});

describe('report', { timeout: 60_000 }, () => {
  it('takes no part of a lesson for the newest run', async () => {
    lessonIn(join('kept', 'lesson'), { only: ['waiting'] });
    const { code, stderr } = await breakeven(['report', '--out', 'kept'], { cwd });
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain('there is no run below kept yet');
  });

  it('writes the verdict of one part', async () => {
    const folder = join(lessonIn('one-part', { only: ['paying'] }), 'paying');
    expect(await breakeven(['report', folder], { cwd })).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, folder, 'verdict.md'))).toBe(true);
  });
});

describe('lesson refuses', { timeout: 60_000 }, () => {
  lessonIn('unfinished', { only: ['waiting'] });
  lessonIn('elsewhere', { only: ['waiting'] });
  lessonIn('torn');
  writeFileSync(join(cwd, 'torn', 'lock', 'results.ndjson'), 'no results\n');

  it.each([
    ['--quik', 'lesson has no option --quik. Did you mean "quick"?'],
    ['--rounds 3', 'lesson has no option --rounds.'],
    ['three', 'lesson does not take the word "three"'],
    ['--seed -1', '--seed -1: it must be a whole number from 0.'],
    ['--seed 1 --seed 2', '--seed is given 2 times; give it once.'],
    ['--out notes.txt', '--out notes.txt cannot be written'],
    ['--python ./no-python', '--python ./no-python: there is no such file.'],
    ['--from', '--from stands without a value.'],
    ['--from nowhere', 'nowhere holds no results of a lesson: name the folder'],
    ['--from torn', 'line 1: not JSON. It is not a results file, or it was edited.'],
    ['--from unfinished --quick', '--from writes a lesson again from what was measured: leave out --quick.'],
    ['--resume --seed 2', '--resume goes on with the lesson as it was started: leave out --seed.'],
    ['--resume --out nowhere', 'nowhere holds no lesson to go on with: start one with breakeven lesson.'],
    ['--resume --out elsewhere', /the run was made (with Node|on another machine)|was made by breakeven/],
    [
      '--out unfinished',
      'unfinished holds a lesson that was cut off: go on with it by breakeven lesson --resume --out unfinished',
    ],
  ])('%s', async (args, says) => {
    const { code, stdout, stderr } = await together.run(['lesson', ...args.split(' ')]);
    if (typeof says === 'string') expect(stderr).toContain(says);
    else expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

/** The charts of a lesson take seconds to draw: one finished lesson, with the report of a part, is copied by all. */
async function drawn(): Promise<void> {
  if (existsSync(join(cwd, 'drawn'))) return;
  lessonIn('drawn');
  await together.run(['lesson', '--from', 'drawn']);
  await together.run(['report', join('drawn', 'lock')]);
}

describe('lesson touches only what it made', { timeout: 60_000 }, () => {
  function write(folder: string, files: Readonly<Record<string, string>>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, folder, name)), { recursive: true });
      writeFileSync(join(cwd, folder, name), text);
    }
    return folder;
  }

  it.each([
    [
      'a folder',
      { 'messages/de.json': 'mine', 'src/x.mjs': 'mine' },
      'messages was not made by breakeven lesson',
    ],
    ['a part folder without its results', { 'lock/notes.md': 'mine' }, 'lock was not made by'],
    ['a text', { 'lesson.md': 'mine' }, 'lesson.md in '],
    ['a chart', { 'charts/lock.png': 'mine' }, 'charts/lock.png in '],
    ['a file in place of the charts', { charts: 'mine' }, 'charts/'],
  ])('and refuses %s of somebody’s before anything is measured', async (what, files, says) => {
    const folder = write(`taken-${what}`.replaceAll(' ', '-'), files);
    const before = digestTree(join(cwd, folder));
    const { code, stderr } = await together.run(['lesson', '--quick', '--out', folder]);
    expect(stderr).toContain(says);
    expect(stderr).toContain('breakeven lesson --out FOLDER');
    expect(code).toBe(2);
    expect(digestTree(join(cwd, folder))).toEqual(before);
  });

  it('and refuses a part of another results file, and one that is a link', async () => {
    const results = readFileSync(
      join(cwd, lessonIn('source', { only: ['lock'] }), 'lock/results.ndjson'),
      'utf8',
    );
    for (const folder of [write('other', { 'messages/results.ndjson': results })]) {
      const before = digestTree(join(cwd, folder));
      expect(await together.run(['lesson', '--out', folder])).toMatchObject({ code: 2 });
      expect(digestTree(join(cwd, folder))).toEqual(before);
    }
    mkdirSync(join(cwd, 'linked'));
    symlinkSync(join(cwd, 'source/lock'), join(cwd, 'linked/messages'));
    const before = digestTree(join(cwd, 'source'));
    expect(await together.run(['lesson', '--out', 'linked'])).toMatchObject({ code: 2 });
    expect(digestTree(join(cwd, 'source'))).toEqual(before);
  });

  const results = (folder: string) =>
    partIds.map((part) => readFileSync(join(cwd, folder, part, 'results.ndjson'), 'utf8'));

  /** A finished lesson with its text, files of the user's beside it, and a whole new one that waits. */
  async function withNew(name: string) {
    await drawn();
    cpSync(join(cwd, 'drawn'), join(cwd, name), { recursive: true });
    write(name, { 'notes.md': 'mine', 'lock/notes.md': 'mine', 'charts/logo.png': 'mine' });
    const { path } = makeOwnedFolder('lesson', join(cwd, name));
    lessonIn(relative(cwd, path), { rounds: 9 });
    const fresh = results(relative(cwd, path));
    expect(fresh).not.toEqual(results(name));
    return { path, fresh };
  }

  const mine = { 'notes.md': 'mine', 'lock/notes.md': 'mine', 'charts/logo.png': 'mine' };

  function checkDone(name: string, fresh: readonly string[]) {
    expect(results(name)).toEqual(fresh);
    for (const [file, text] of Object.entries(mine))
      expect(readFileSync(join(cwd, name, file), 'utf8')).toBe(text);
    expect(readdirSync(join(cwd, name)).filter((each) => each.startsWith('breakeven'))).toEqual([]);
    expect(readdirSync(join(cwd, name, 'lock')).sort()).toEqual(['notes.md', 'results.ndjson']);
  }

  it('a new lesson takes the place of a finished one when it is whole', async () => {
    const { fresh } = await withNew('replaced');
    const text = readFileSync(join(cwd, 'replaced/lesson.md'), 'utf8');
    const again = await together.run(['lesson', '--out', 'replaced']);
    expect(again.stderr).toContain('go on with it by breakeven lesson --resume --out replaced');
    expect(await together.run(['lesson', '--resume', '--out', 'replaced'])).toMatchObject({ code: 0 });
    checkDone('replaced', fresh);
    expect(readFileSync(join(cwd, 'replaced/lesson.md'), 'utf8')).not.toBe(text);
  });

  it.each([0, 3])('also where that was cut off after %i of its parts', async (moved) => {
    const { path, fresh } = await withNew(`cut-${moved}`);
    writeFileSync(join(path, 'moving'), '');
    for (const part of partIds.slice(0, moved))
      renameSync(join(path, part, 'results.ndjson'), join(cwd, `cut-${moved}`, part, 'results.ndjson'));
    // One by the name of its own folder.
    const words = moved === 3 ? ['--from', `cut-${moved}`] : ['--resume', '--out', relative(cwd, path)];
    expect(await together.run(['lesson', ...words])).toMatchObject({ code: 0 });
    if (moved === 0) checkDone(`cut-${moved}`, fresh);
    expect(results(`cut-${moved}`)).toEqual(fresh);
  });
});

describe('a lesson that is interrupted', { timeout: 120_000 }, () => {
  const results = join(cwd, 'lesson', 'waiting', 'results.ndjson');

  /** Starts it, and interrupts it once so many lines are written. */
  async function untilLines(args: readonly string[], lines: number) {
    const { child, ended } = startBreakeven(['lesson', ...args], { cwd });
    while (linesOf(results).length < lines && child.exitCode === null) await sleep(20);
    child.kill('SIGINT');
    return ended;
  }

  it('ends with 130, says what is kept, writes a part of the lesson, and goes on from there', async () => {
    const first = await untilLines(['--quick', '--out', 'lesson', '--python', 'no-such-python'], 2);
    expect(first.code).toBe(130);
    expect(first.stderr).toContain('Interrupted. Kept in lesson: a piece of waiting.');
    expect(first.stderr).toContain('Go on: breakeven lesson --resume --out lesson.');
    expect(first.stderr.match(/python-threads: skipped: needs/g)).toHaveLength(1);
    const text = readFileSync(join(cwd, 'lesson', 'lesson.md'), 'utf8');
    expect(text).toContain('Measured in part, then interrupted: waiting.');
    expect(text).toContain(`Not measured: ${partIds.slice(1, -1).join(', ')} and ${partIds.at(-1)}.`);
    expect(text).toContain('Left out, because something is not installed');

    const kept = linesOf(results);
    const second = await untilLines(['--resume', '--out', 'lesson'], kept.length + 1);
    expect(second.code).toBe(130);
    expect(linesOf(results).slice(0, kept.length)).toEqual(kept);
    expect(linesOf(results).length).toBeGreaterThan(kept.length);
  });

  it('leaves the finished one beside it as it was, and the files of others', async () => {
    await drawn();
    cpSync(join(cwd, 'drawn'), join(cwd, 'finished'), { recursive: true });
    mkdirSync(join(cwd, 'finished/src'));
    writeFileSync(join(cwd, 'finished/charts/logo.png'), 'mine');
    const before = digestTree(join(cwd, 'finished'));
    const begun = () => readdirSync(join(cwd, 'finished')).filter((name) => name.startsWith('breakeven-'));
    const { child, ended } = startBreakeven(['lesson', '--quick', '--out', 'finished'], { cwd });
    const lines = () => linesOf(join(cwd, 'finished', begun()[0] ?? 'none', 'waiting/results.ndjson'));
    while (lines().length < 2 && child.exitCode === null) await sleep(20);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain('The finished lesson in finished is as it was.');
    expect(digestTree(join(cwd, 'finished'), begun())).toEqual(before);
    const advice = /Go on: breakeven (lesson --resume --out \S+)\. /.exec(stderr)?.[1].split(' ') ?? [];
    const kept = lines();
    const second = startBreakeven(advice, { cwd });
    while (lines().length <= kept.length && second.child.exitCode === null) await sleep(20);
    second.child.kill('SIGKILL');
    await second.ended;
    expect(lines().slice(0, kept.length)).toEqual(kept);
    expect(digestTree(join(cwd, 'finished'), begun())).toEqual(before);
  });
});
