import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { brief, repository, scenario, strategy } from '../../test/support/cli/commits.js';
import { breakeven, lastLine, startBreakeven } from '../../test/support/cli/program.js';
import { readResults } from '../results/reader.js';

/** A temporary folder of a test's own: what is left in it was left by what the test started. */
function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'commits-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { TMPDIR: folder, isEmpty: () => readdirSync(folder).length === 0 };
}

describe('compare of two commits', { timeout: 240_000 }, () => {
  it('is red for a wrong answer on head, and says so', async () => {
    const { cwd, write, commit } = repository();
    write('own.mjs', strategy(1, 1));
    commit();
    // No speed is judged here: one round will do.
    const sides = ['--base', 'main~1', '--head', 'main', '--scenario', 'mine.mjs', '--rounds', '1'];
    const ended = await breakeven(['compare', ...sides], { cwd });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/^Regression: `own` answers wrongly/);
    const inDuet = await breakeven(['compare', ...sides, '--duet'], { cwd });
    if (availableParallelism() < 2) {
      expect(inDuet).toMatchObject({ code: 2, stderr: expect.stringContaining('needs 2 usable cores') });
      return;
    }
    expect(inDuet.code).toBe(1);
    const folder = join(cwd, dirname(lastLine(inDuet)));
    expect(readFileSync(join(folder, 'comparison.md'), 'utf8')).toContain('ran at the same time (duet)');
    const { header, records } = readResults(join(folder, 'base', 'mine', 'results.ndjson'));
    expect(header.interleaved).toMatchObject({ side: 'base', duet: true });
    expect(records.map(({ outcome }) => outcome.status)).toEqual(['measured', 'measured']);
  });

  it('adds both commits to a history, once, and shows it without measuring', async () => {
    const { cwd, git, write, commit } = repository();
    write('own.mjs', strategy(2));
    commit();
    const args = ['compare', '--base', 'main~1', '--scenario', 'mine.mjs', '--rounds', '1', '--history'];
    // The machine may be busy, or a speed differ: neither keeps a line out of the history.
    const ended = await breakeven([...args, 'h.ndjson'], { cwd });
    expect([0, 1, 3]).toContain(ended.code);
    const lines = readFileSync(join(cwd, 'h.ndjson'), 'utf8').trim().split('\n');
    const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const hashes = ['main~1', 'main'].map((name) => git('rev-parse', name).trim());
    expect([...new Set(read.map((line) => line.commit))].sort()).toEqual(hashes.sort());
    expect(new Set(read.map((line) => `${line.side} ${line.strategy} ${line.situation}`)).size).toBe(
      lines.length,
    );
    expect(read[0]).toMatchObject({ scenario: 'mine', rounds: 1, point: { keys: 4, length: 4_000 } });
    expect(lines.join()).not.toContain(tmpdir());
    // Resumed when all is measured, it has nothing to add.
    const folder = dirname(lastLine(ended));
    const again = await breakeven(['compare', '--resume', folder, '--history', 'h.ndjson'], { cwd });
    expect(again.code).toBe(ended.code);
    expect(readFileSync(join(cwd, 'h.ndjson'), 'utf8').trim().split('\n')).toEqual(lines);
    const shown = await breakeven(['compare', '--history', 'h.ndjson'], { cwd });
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toMatch(/^Too few commits to see a change: 2 commits in `h\.ndjson`/);
    expect(readFileSync(join(cwd, lastLine(shown)), 'utf8')).toContain('# breakeven history');
    // What is not committed has no place among commits.
    write('own.mjs', strategy(3));
    const dirty = await breakeven([...args, 'dirty.ndjson'], { cwd });
    expect(dirty.stderr).toContain('Of head nothing is added to dirty.ndjson');
    const dirtyLines = readFileSync(join(cwd, 'dirty.ndjson'), 'utf8').trim().split('\n');
    expect(new Set(dirtyLines.map((line) => JSON.parse(line).side))).toEqual(new Set(['base']));
  });

  it('names the function that became slower, and keeps what the profiler saw', async () => {
    const { cwd, write, commit } = repository();
    // Lists that are long enough for a profiler.
    write('mine.mjs', scenario('[40_000]'));
    commit();
    write(
      'own.mjs',
      `${strategy(1)}\n`
        .replace('kernel.list(xs, out)', 'slowHash(xs); kernel.list(xs, out)')
        .concat(
          'function slowHash(xs) { let h = 0; for (let k = 0; k < 60; k++) for (const x of xs) h = Math.imul(h ^ x, 31); return h; }\n',
        ),
    );
    const args = [
      'compare',
      '--base',
      'main',
      '--scenario',
      'mine.mjs',
      '--only',
      './own.mjs',
      '--rounds',
      '4',
    ];
    const ended = await breakeven([...args, '--profile'], { cwd });
    // A busy machine is unfit to judge; what is sixty times slower is seen all the same.
    expect([1, 3]).toContain(ended.code);
    const folder = join(cwd, dirname(lastLine(ended)));
    expect(readFileSync(join(folder, 'comparison.md'), 'utf8')).toMatch(
      /`own` \((?:warm|one-shot), .*\) is slower by most/,
    );
    const { profile } = JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8'));
    expect(profile).toMatchObject({ kind: 'profiled', strategy: 'own' });
    expect(profile.grown[0]).toMatchObject({ name: 'slowHash', file: 'own.mjs', line: 5, baseNs: 0 });
    expect(profile.explained).toBeGreaterThan(0.5);
    const kept = readdirSync(join(folder, 'profiles'));
    expect(kept).toEqual(['base-0.cpuprofile', 'head-0.cpuprofile']);
    for (const name of kept) {
      const seen = readFileSync(join(folder, 'profiles', name), 'utf8');
      expect(JSON.parse(seen).nodes.length).toBeGreaterThan(3);
      expect(seen).not.toContain(tmpdir());
    }
  });

  it('lists points that head alone has, and stops early with a time', async () => {
    const { cwd, write } = repository();
    write('mine.mjs', scenario('[100, 200]'));
    const args = ['compare', '--base', 'main', '--scenario', 'mine.mjs', '--max-time', '3s'];
    const other = await breakeven(args, { cwd });
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('have no cell in common');
    write('mine.mjs', scenario('[100, 4_000]'));
    const ended = await breakeven(args, { cwd });
    // The machine may be busy: 3. It is no regression to have more points.
    expect([0, 3]).toContain(ended.code);
    expect(readFileSync(join(cwd, lastLine(ended)), 'utf8')).toContain('Only on head');
    const { end } = readResults(join(cwd, dirname(lastLine(ended)), 'head', 'mine', 'results.ndjson'));
    expect(end?.because.join()).toMatch(/^The time was up after \d+ rounds|^Every pair is settled/);
  });
});

describe('what is wrong with a comparison of commits', { timeout: 120_000 }, () => {
  it.each([
    [
      'an unknown commit',
      ['--base', 'nowhere'],
      'there is no commit "nowhere" in this repository. Branches are: main.',
    ],
    ['no scenario of its own', ['--base', 'main'], 'Name a scenario of its own: --scenario FILE.'],
    [
      'a scenario that ships, on a repository without breakeven',
      ['--base', 'main', '--scenario', 'ci'],
      'what ships would be held against itself',
    ],
    ['a scenario that head lacks', ['--base', 'main', '--scenario', 'none.mjs'], 'none.mjs does not exist'],
    ['a time without a unit', ['--base', 'main', '--max-time', '4'], '--max-time 4: the unit is missing'],
  ])('%s ends with 2', async (_, args, says) => {
    const { cwd } = repository();
    const ended = await breakeven(['compare', ...args], { cwd });
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(2);
    expect(existsSync(join(cwd, 'reports'))).toBe(false);
  });

  it('a scenario that base lacks is new, not broken', async () => {
    const { cwd, write } = repository();
    write('new.mjs', scenario());
    const ended = await breakeven(['compare', '--base', 'main', '--scenario', 'new.mjs'], { cwd });
    expect(ended.stderr).toContain('scenario new.mjs is new on head');
    expect(ended.code).toBe(2);
  });

  it('a base that does not build says which command failed, and how to change it', async () => {
    const { cwd, write, commit } = repository();
    write('package.json', '{ "scripts": { "build": "echo no luck >&2; exit 7" } }');
    writeFileSync(join(cwd, '.gitignore'), 'reports/\n');
    commit();
    const ended = await breakeven(['compare', '--base', 'main', ...brief], { cwd });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/base, main \([0-9a-f]{7}\) does not build: `npm run build` ended with 7\./);
    expect(ended.stderr).toContain('no luck');
    expect(ended.stderr).toContain('"install" and "build" in breakeven.compare.json');
  });

  it('no git says so', async () => {
    const { cwd } = repository();
    const ended = await breakeven(['compare', '--base', 'main'], { cwd, env: { PATH: '/nowhere' } });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('comparing commits needs git, which cannot be started here');
  });
});

describe('a comparison that is cut off', { timeout: 240_000 }, () => {
  const args = ['compare', '--base', 'main', '--scenario', 'mine.mjs', '--rounds', '3'];

  it.each(['SIGINT', 'SIGKILL'] as const)('by %s leaves no worktree, and goes on', async (signal) => {
    const { cwd, git, write, commit } = repository();
    // What the comparison itself writes is no change of the code, ignored or not.
    write('.gitignore', '');
    commit();
    const mark = `breakeven-test-${randomUUID()}`;
    const { TMPDIR, isEmpty } = temporaryFolder();
    const { child, ended } = startBreakeven(args, { cwd, env: { MARK: mark, TMPDIR } });
    const folder = await resultsFolder(cwd);
    child.kill(signal);
    const { code } = await ended;
    expect(code).toBe(signal === 'SIGINT' ? 130 : null);
    // After SIGKILL the reaper does it, a moment later.
    await until(() => !git('worktree', 'list').trim().includes('\n'));
    // The data of a run that was killed outright waits for the next start.
    await until(() => signal === 'SIGKILL' || isEmpty());
    await nobodyHas(mark);
    const resumed = await breakeven(['compare', '--resume', folder], { cwd, env: { TMPDIR } });
    expect(isEmpty()).toBe(true);
    expect([0, 3]).toContain(resumed.code);
    const { records, end } = readResults(join(cwd, folder, 'head', 'mine', 'results.ndjson'));
    expect(end?.status).toBe('finished');
    expect(new Set(records.map(({ cell, round }) => `${cell} ${round}`)).size).toBe(6);
    expect(records).toHaveLength(6);
  });
});

describe('a comparison that is killed while a side is built', { timeout: 60_000 }, () => {
  it.skipIf(!existsSync('/proc/self/environ'))('leaves neither the build nor a worktree', async () => {
    const { cwd, git, write, commit } = repository();
    write('package.json', '{ "scripts": { "build": "echo begun; sleep 300" } }');
    writeFileSync(join(cwd, '.gitignore'), 'reports/\n');
    commit();
    const mark = `breakeven-test-${randomUUID()}`;
    const { TMPDIR, isEmpty } = temporaryFolder();
    const { child, ended } = startBreakeven(['compare', '--base', 'main', ...brief], {
      cwd,
      env: { MARK: mark, TMPDIR },
    });
    const sleeping = () => havingMark(mark).some((pid) => commandOf(pid).startsWith('sleep'));
    await until(sleeping);
    child.kill('SIGKILL');
    await ended;
    await nobodyHas(mark);
    await until(() => !git('worktree', 'list').trim().includes('\n'));
    await until(isEmpty);
  });
});

/** Waits for what happens outside of this process; the test's own limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

/** Processes are gone a moment after the one that started them. */
async function nobodyHas(mark: string): Promise<void> {
  await until(() => havingMark(mark).length === 0);
}

/** Processes that were started, however far down, with this in their environment. None where there is no /proc. */
function havingMark(mark: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && readProc(pid, 'environ').includes(mark));
}

function commandOf(pid: string): string {
  return readProc(pid, 'cmdline');
}

/** Empty for a process that has ended, or is somebody else's. */
function readProc(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}

/** The comparison's folder, once both sides have a few records. */
async function resultsFolder(cwd: string): Promise<string> {
  for (;;) {
    const runs = existsSync(join(cwd, 'reports/compare')) ? readdirSync(join(cwd, 'reports/compare')) : [];
    const path = join(cwd, 'reports/compare', runs[0] ?? '', 'head/mine/results.ndjson');
    if (existsSync(path) && readFileSync(path, 'utf8').split('\n').length > 4)
      return join('reports/compare', runs[0]);
    await sleep(20);
  }
}
