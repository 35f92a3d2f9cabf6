import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { digestTree } from '../../test/support/cli/tree-digest.js';
import { removeLeftOvers } from '../app/temporary-folder.js';
import { readOwnIdentity } from '../files/identity.js';
import { replaceOutputs } from '../files/outputs.js';
import { makeOwnedFolder } from '../files/owned-folder.js';
import { openCheckouts } from './checkouts.js';
import { findRepository } from './git.js';
import { copyWorkingTree, findChanges, workingTreeDigest } from './working-tree.js';
import { findWorktrees, removeWorktrees } from './worktrees.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'owned-test-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let place = '';
let made = 0;
beforeEach(() => {
  place = join(top, `${made++}`);
  mkdirSync(join(place, 'tmp'), { recursive: true });
  vi.stubEnv('TMPDIR', join(place, 'tmp'));
});
afterEach(() => vi.unstubAllEnvs());

type Files = Readonly<Record<string, string>>;

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A repository with one commit. */
function repository(files: Files, name = 'repo') {
  const root = join(place, name);
  mkdirSync(root);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.org');
  write(root, files);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'one');
  return { root, git, head: git('rev-parse', 'HEAD').trim() };
}

const noReports = () => join(place, 'reports');

/** Opens head as the working tree is. Returns the checkout's root, what was said, and the end of it. */
function openHead(root: string, head: string) {
  const notes: string[] = [];
  const checkouts = openCheckouts({
    repository: findRepository(root),
    commands: {},
    signal: new AbortController().signal,
    note: (line) => notes.push(line),
  });
  const { root: at } = checkouts.open('head', { hash: head, name: 'head' }, findChanges(root, noReports()));
  return { at, notes, close: () => checkouts.close() };
}

describe('a checkout of the working tree', () => {
  it.each(['absolute', 'relative'])('keeps what a folder that became a link leads to (%s)', (kind) => {
    const { root, head } = repository({ 'data/a.csv': 'precious', 'data/b/c.csv': 'precious', 'x.mjs': '1' });
    renameSync(join(root, 'data'), join(place, 'big-disk'));
    symlinkSync(kind === 'absolute' ? join(place, 'big-disk') : '../big-disk', join(root, 'data'));
    const before = digestTree(place, ['tmp']);
    const { at, close } = openHead(root, head);
    expect(lstatSync(join(at, 'data')).isSymbolicLink()).toBe(true);
    close();
    expect(digestTree(place, ['tmp'])).toEqual({ ...before, ...gitEntriesOf(place) });
    expect(readdirSync(join(place, 'tmp'))).toEqual([]);
  });

  it('keeps a submodule with uncommitted work below a folder that became a link', () => {
    const library = repository({ 'lib.mjs': '1' }, 'library');
    const { root, git } = repository({ 'x.mjs': '1' });
    git('submodule', '--quiet', 'add', library.root, 'vendor/lib');
    git('commit', '--quiet', '--message', 'two');
    write(root, { 'vendor/lib/work.mjs': 'uncommitted' });
    renameSync(join(root, 'vendor'), join(place, 'big-disk'));
    symlinkSync(join(place, 'big-disk'), join(root, 'vendor'));
    const before = digestTree(join(place, 'big-disk'));
    const { at, close } = openHead(root, git('rev-parse', 'HEAD').trim());
    expect(readlinkSync(join(at, 'vendor'))).toBe(join(place, 'big-disk'));
    close();
    expect(digestTree(join(place, 'big-disk'))).toEqual(before);
  });

  it('is as the working tree is: kinds that changed, links, permissions, odd names', () => {
    const { root, head } = repository({
      'was-folder/a': 'a',
      'was-file': 'b',
      gone: 'c',
      same: 'd',
      'linked/x': 'e',
      script: 'f',
    });
    rmSync(join(root, 'was-folder'), { recursive: true });
    rmSync(join(root, 'was-file'));
    rmSync(join(root, 'gone'));
    write(root, {
      'was-folder': 'now a file',
      'was-file/inner/deep': 'now in a folder',
      '-f': 'dash',
      'line\nbreak/ and blank': 'odd',
      'ünï/🎈': 'text',
    });
    symlinkSync('/nowhere/at/all', join(root, 'dangling'));
    chmodSync(join(root, 'script'), 0o755);
    const { at, notes, close } = openHead(root, head);
    expect(withoutGit(digestTree(at))).toEqual(withoutGit(digestTree(root)));
    expect(notes).toEqual([]);
    close();
  });

  it('leaves out and names what cannot be copied: a pipe, another repository', () => {
    const { root, head } = repository({ 'data.csv': 'x', 'x.mjs': '1' });
    rmSync(join(root, 'data.csv'));
    execFileSync('mkfifo', [join(root, 'data.csv')]);
    mkdirSync(join(root, 'nested'));
    execFileSync('git', ['init', '--quiet'], { cwd: join(root, 'nested') });
    const { at, notes, close } = openHead(root, head);
    expect(readdirSync(at).sort()).toEqual(['.git', 'x.mjs']);
    expect(notes).toEqual([
      'Not part of head: "data.csv" is a pipe (FIFO).',
      'Not part of head: "nested/" is a submodule or another repository.',
    ]);
    close();
  });

  it('writes nothing through a link that the commit itself has', () => {
    const { root, git } = repository({ 'x.mjs': '1' });
    write(place, { 'outside/a.csv': 'precious' });
    symlinkSync(join(place, 'outside'), join(root, 'data'));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a link');
    rmSync(join(root, 'data'));
    write(root, { 'data/a.csv': 'mine' });
    const { at, close } = openHead(root, git('rev-parse', 'HEAD').trim());
    expect(readFileSync(join(at, 'data/a.csv'), 'utf8')).toBe('mine');
    expect(readFileSync(join(place, 'outside/a.csv'), 'utf8')).toBe('precious');
    close();
  });
});

describe('the digest of a working tree', () => {
  it('does not see the outputs of this tool, wherever they are, and sees everything else', () => {
    const { root } = repository({ 'x.mjs': '1' });
    const out = join(root, 'reports');
    const digest = () => workingTreeDigest(findChanges(root, out));
    const before = digest();
    expect(findChanges(root, out).names).toEqual([]);
    // A history grows with each comparison, wherever it was told to lie: what is named is left out, and nothing else.
    writeFileSync(join(root, 'history.ndjson'), '{}\n');
    expect(findChanges(root, out, join(root, 'history.ndjson')).names).toEqual([]);
    expect(findChanges(root, out, join(root, 'other.ndjson')).names).toEqual(['history.ndjson']);
    rmSync(join(root, 'history.ndjson'));
    const header = '{"type":"run","format":"breakeven-results"}\n';
    write(root, {
      'reports/compare/1/job.json': '{\n  "format": "breakeven-comparison-job"\n}',
      'reports/compare/1/head/mine/results.ndjson': header,
      'elsewhere/mine/1/results.ndjson': header,
      'elsewhere/mine/1/results.lock': '1 1',
    });
    replaceOutputs(join(root, 'elsewhere/mine/1'), [{ path: 'verdict.md', text: 'x' }], '');
    replaceOutputs(root, [{ path: 'lesson.md', text: 'x' }], '');
    makeOwnedFolder('run', root);
    expect(digest()).toBe(before);
    for (const file of ['y.mjs', 'elsewhere/mine/1/y.mjs', 'job.json', 'elsewhere/verdict.md']) {
      write(root, { [file]: 'new' });
      expect(digest(), file).not.toBe(before);
      rmSync(join(root, file));
    }
    chmodSync(join(root, 'x.mjs'), 0o755);
    expect(digest()).not.toBe(before);
  });

  it('takes files of the user’s in the folder of the outputs for none of the code, and names them', () => {
    const { root } = repository({ 'x.mjs': '1', 'reports/tracked.mjs': '1' });
    write(root, { 'reports/mine.mjs': '1', 'reports/tracked.mjs': '2' });
    expect(findChanges(root, join(root, 'reports'))).toMatchObject({
      names: ['reports/tracked.mjs'],
      inOutputs: ['reports/mine.mjs'],
    });
    // The whole repository as the folder of outputs says nothing.
    expect(findChanges(root, root).names).toEqual(['reports/mine.mjs', 'reports/tracked.mjs']);
  });
});

describe('worktrees', () => {
  it('of the user are kept, also where their disk is not mounted', () => {
    const { root, git, head } = repository({ 'x.mjs': '1' });
    git('worktree', 'add', '--quiet', '--detach', join(place, 'usb'));
    execFileSync('git', ['commit', '--quiet', '--allow-empty', '--message', 'work'], {
      cwd: join(place, 'usb'),
    });
    renameSync(join(place, 'usb'), join(place, 'unmounted'));
    openHead(root, head).close();
    removeLeftOvers();
    renameSync(join(place, 'unmounted'), join(place, 'usb'));
    expect(execFileSync('git', ['status', '--short'], { cwd: join(place, 'usb'), encoding: 'utf8' })).toBe(
      '',
    );
  });

  it('of ours are removed one by one, also where the temporary folder was cleaned meanwhile', () => {
    const { root, git, head } = repository({ 'x.mjs': '1' });
    const { close } = openHead(root, head);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(2);
    rmSync(join(place, 'tmp'), { recursive: true });
    close();
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('of ours are removed where git was cut off while it made one', () => {
    const { root, git, head } = repository({ 'x.mjs': '1' });
    const { at, close } = openHead(root, head);
    rmSync(join(at, '.git'));
    git('worktree', 'lock', at);
    close();
    expect(readdirSync(join(root, '.git/worktrees'))).toEqual([]);
    expect(readdirSync(join(place, 'tmp'))).toEqual([]);
  });

  it('cannot be named by a marker so that another one goes', () => {
    const { root, git } = repository({ 'x.mjs': '1' });
    git('worktree', 'add', '--quiet', '--detach', join(place, 'mine'));
    const facts = {
      repository: root,
      gitFolder: join(root, '.git'),
      worktrees: ['../../mine', 'mine', join(place, 'mine')],
    };
    const { path } = makeOwnedFolder('compare', undefined, facts);
    const found = findWorktrees(path);
    if (found === undefined) throw new Error('the marker was not read');
    removeWorktrees(found);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(join(place, 'mine/x.mjs'))).toBe(true);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(2);
  });
});

describe('what dead runs left', () => {
  /** A folder as a process made it that is dead now, or that nobody here can tell of. */
  function madeBy(owner: object, facts: object, purpose = 'compare') {
    const { path } = makeOwnedFolder(purpose, undefined, { ...facts });
    const marker = join(path, '.breakeven-owner.json');
    const document = JSON.parse(readFileSync(marker, 'utf8'));
    writeFileSync(marker, JSON.stringify({ ...document, owner: { ...document.owner, ...owner } }));
    return path;
  }
  const dead = { ...readOwnIdentity(), pid: 2 ** 22 + 1 };

  it('is removed, with its entry in the repository', () => {
    const { root, git, head } = repository({ 'x.mjs': '1' });
    const path = madeBy(dead, {
      repository: root,
      gitFolder: join(root, '.git'),
      worktrees: ['base', 'head'],
    });
    git('worktree', 'add', '--quiet', '--detach', join(path, 'head'), head);
    madeBy(dead, {}, 'run');
    removeLeftOvers();
    expect(readdirSync(join(place, 'tmp'))).toEqual([]);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('is no link with such a name, no folder of somebody’s, no odd entry', () => {
    const { root } = repository({ 'x.mjs': '1' });
    const left = madeBy(dead, {}, 'run');
    const temporary = join(place, 'tmp');
    symlinkSync(root, join(temporary, 'breakeven-compare-999999-x'));
    symlinkSync('/nowhere', join(temporary, 'breakeven-compare-999998-x'));
    write(temporary, {
      'breakeven-compare-999997-x/precious': 'mine',
      'breakeven-run-1/.breakeven-owner.json': 'null',
      'breakeven-run-2/.breakeven-owner.json': '{"format":"breakeven-owned-folder","id":"2","purpose":"run"}',
    });
    execFileSync('mkfifo', [join(temporary, 'breakeven-run-3')]);
    cpSync(left, join(temporary, 'breakeven-run-copy'), { recursive: true });
    renameSync(left, join(temporary, 'breakeven-run-moved'));
    symlinkSync(join(temporary, 'breakeven-run-moved'), left);
    const before = digestTree(place);
    removeLeftOvers();
    expect(digestTree(place)).toEqual(before);
  });

  it.each([
    ['of another container', { pidNamespace: 'pid:[1]' }],
    ['of another boot or machine', { boot: 'another' }],
    ['that still runs', {}],
  ])('is nothing %s', (_, owner) => {
    const { root, git, head } = repository({ 'x.mjs': '1' });
    const path = madeBy(owner, { repository: root, gitFolder: join(root, '.git'), worktrees: ['head'] });
    git('worktree', 'add', '--quiet', '--detach', join(path, 'head'), head);
    const before = digestTree(place);
    removeLeftOvers();
    expect(digestTree(place)).toEqual(before);
  });

  const unshare = ['--pid', '--fork', '--mount-proc', process.execPath];
  const mayUnshare = spawnSync('unshare', [...unshare, '-e', '']).status === 0;
  it.skipIf(!mayUnshare)('is nothing that a real container on the same folders is at work in', async () => {
    const { root, head } = repository({ 'x.mjs': '1' });
    const source = `
      const { openCheckouts } = await import(${JSON.stringify(new URL('./checkouts.js', import.meta.url).href)});
      const { findRepository } = await import(${JSON.stringify(new URL('./git.js', import.meta.url).href)});
      const checkouts = openCheckouts({ repository: findRepository(${JSON.stringify(root)}), commands: {},
        signal: new AbortController().signal, note() {} });
      console.log(checkouts.open('head', { hash: '${head}', name: 'head' }).root);
      process.stdin.on('data', () => { checkouts.close(); process.exit(); });`;
    const child = spawn('unshare', [...unshare, '--input-type=module', '-e', source], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const path = await new Promise<string>((resolve) =>
      child.stdout.once('data', (text) => resolve(`${text}`.trim())),
    );
    removeLeftOvers();
    openHead(root, head).close();
    expect(statSync(join(path, 'x.mjs')).isFile()).toBe(true);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.write('end\n');
    await ended;
    expect(readdirSync(join(place, 'tmp'))).toEqual([]);
  });
});

function withoutGit(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter(([path]) => !/^\.git(\/|$)/.test(path)));
}

/** The repository's own folder may gain and lose what git keeps for a worktree; nothing else may. */
function gitEntriesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(digestTree(folder, ['tmp'])).filter(([path]) => path === 'repo/.git/worktrees'),
  );
}

describe('copying', () => {
  it('leaves the working tree as it is', () => {
    const { root, head, git } = repository({ 'a/b': '1', c: '2' });
    write(root, { c: '3', 'd/e': '4' });
    git('worktree', 'add', '--quiet', '--detach', join(place, 'target'), head);
    const before = withoutGit(digestTree(root));
    expect(copyWorkingTree(findChanges(root, noReports()), join(place, 'target'))).toEqual([]);
    expect(withoutGit(digestTree(root))).toEqual(before);
    expect(withoutGit(digestTree(join(place, 'target')))).toEqual(before);
  });
});
