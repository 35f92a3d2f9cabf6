import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type MadeUp, madeUpResults } from '../../lesson/fixtures.js';
import { partIds } from '../../lesson/part.js';
import { writeFixtures } from '../testing/fixtures.js';
import { oneProcess } from '../testing/one-process.js';
import { breakeven, lastLine, startBreakeven } from '../testing/program.js';

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
});
