import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { ExitCode, UserError } from '../contract/errors.js';
import { explainGit, findCommit, findRepository, git } from './git.js';
import { makeReady, type ReadyCommands } from './install.js';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'git-test-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

let made = 0;
function folder(files: Readonly<Record<string, string>> = {}): string {
  const path = join(top, `${made++}`);
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

function run(cwd: string, ...args: string[]): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
  execFileSync('git', [...author, ...args], { cwd, stdio: 'pipe' });
}

function repository(): string {
  const root = folder({ 'x.mjs': '1' });
  run(root, 'init', '--quiet', '--initial-branch', 'main');
  run(root, 'add', '--all');
  run(root, 'commit', '--quiet', '--message', 'one');
  return root;
}

/** The error of some work, which must be one for the user. */
function refusal(work: () => unknown): UserError {
  try {
    work();
  } catch (cause) {
    if (cause instanceof UserError) return cause;
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('what git refuses', () => {
  it('is told with what to do: no repository, a bare one, no commit', () => {
    const bare = folder();
    run(bare, 'init', '--quiet', '--bare');
    const unborn = folder();
    run(unborn, 'init', '--quiet');
    expect(refusal(() => findRepository(folder())).message).toContain('this folder is in none');
    expect(refusal(() => findRepository(bare)).message).toContain('this is a bare repository');
    expect(refusal(() => findRepository(unborn)).message).toContain('no commit yet on its branch');
  });

  it('is told with what to do: another user’s repository', () => {
    const root = repository();
    // What git itself offers for its own tests of this.
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(refusal(() => findRepository(root)).message).toContain(
      `git config --global --add safe.directory ${root}`,
    );
  });

  it('is told with what to do: a shallow clone, objects that are missing, a lock', () => {
    const root = repository();
    run(root, 'commit', '--quiet', '--allow-empty', '--message', 'two');
    const shallow = folder();
    run(shallow, 'clone', '--quiet', '--depth', '1', `file://${root}`, 'clone');
    const clone = findRepository(join(shallow, 'clone'));
    expect(refusal(() => findCommit(clone, 'HEAD~1')).message).toContain('It is a shallow clone: fetch');
    writeFileSync(join(root, '.git/index.lock'), '');
    const locked = refusal(() => git(['add', '--all'], root));
    expect(locked.message).toContain(`${root}/.git/index.lock is there`);
    expect(locked.exitCode).toBe(ExitCode.notCarriedOut);
    rmSync(join(root, '.git/index.lock'));
    rmSync(join(root, '.git/objects'), { recursive: true });
    mkdirSync(join(root, '.git/objects'));
    const args = ['worktree', 'add', '--detach', join(folder(), 'w'), 'HEAD'];
    expect(refusal(() => git(args, root)).message).toMatch(
      /lacks objects of a commit|invalid reference: HEAD/,
    );
  });

  it('names the command and the reason, not the first line and not a setting', () => {
    const stderr = 'Preparing worktree (detached HEAD 9116cee)\nfatal: something odd\n';
    expect(explainGit(['worktree', 'add', 'x'], stderr, '/').message).toBe(
      'git worktree add failed: fatal: something odd. Try `git status` here, and repair what it names.',
    );
  });

  it.each([
    [
      'error: unable to write file a: No space left on device\nfatal: x',
      ExitCode.notCarriedOut,
      'set TMPDIR',
    ],
    [
      "fatal: could not create leading directories of '/x': Permission denied",
      ExitCode.notCarriedOut,
      'may not',
    ],
    ['error: unable to read sha1 file of a (0123)\nfatal: x', ExitCode.badInput, 'lacks objects'],
    ['fatal: could not fetch 12 from promisor remote', ExitCode.badInput, 'git fetch'],
  ])('means more than its first line: %s', (stderr, code, says) => {
    const { message, exitCode } = explainGit(['worktree', 'add'], stderr, '/');
    expect(message).toContain(says);
    expect(exitCode).toBe(code);
  });

  it('never tidies worktrees up', () => {
    const root = repository();
    run(root, 'worktree', 'add', '--quiet', '--detach', join(root, '../', `gone-${made}`));
    rmSync(join(root, '../', `gone-${made}`), { recursive: true });
    run(root, 'config', 'gc.worktreePruneExpire', 'now');
    run(root, 'config', 'gc.auto', '1');
    for (let i = 0; i < 3; i++) git(['gc', '--auto', '--quiet'], root);
    expect(readdirSync(join(root, '.git/worktrees'))).toHaveLength(1);
  });
});

describe('a checkout is made ready', () => {
  /** Programs that write down where and how they were called. */
  function programs(...names: string[]): string {
    const bin = folder();
    for (const name of names) {
      writeFileSync(join(bin, name), `#!/bin/sh\necho "$(pwd): ${name} $*" >> ${join(bin, 'log')}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    vi.stubEnv('PATH', [bin, '/usr/bin', '/bin'].join(delimiter));
    return join(bin, 'log');
  }

  async function ready(root: string, inside = '', commands: ReadyCommands = {}) {
    const notes: string[] = [];
    await makeReady({
      root,
      folder: join(root, inside),
      name: 'base',
      commands,
      signal: new AbortController().signal,
      note: (line) => notes.push(line),
    });
    return notes;
  }

  const needs = '{"dependencies":{"x":"1"},"scripts":{"build":"x"}}';

  it.each([
    ['package-lock.json', '{}', 'npm ci --no-audit --no-fund'],
    ['pnpm-lock.yaml', '', 'pnpm install --frozen-lockfile'],
    ['yarn.lock', '# yarn lockfile v1\n', 'yarn install --frozen-lockfile'],
    ['yarn.lock', '__metadata:\n  version: 8\n', 'yarn install --immutable'],
  ])('by the program of its %s (%j)', async (lock, text, line) => {
    const log = programs('npm', 'pnpm', 'yarn');
    const root = folder({ 'package.json': needs, [lock]: text });
    await ready(root);
    expect(readFileSync(log, 'utf8')).toBe(`${root}: ${line}\n${root}: npm run build\n`);
  });

  it.each([
    ['package.json', '{"workspaces":["packages/*"]}', 'package-lock.json', 'npm ci --no-audit --no-fund'],
    ['pnpm-workspace.yaml', 'packages: [packages/*]', 'pnpm-lock.yaml', 'pnpm install --frozen-lockfile'],
  ])('at the root of the workspace that it belongs to (%s)', async (file, text, lock, line) => {
    const log = programs('npm', 'pnpm');
    const root = folder({ [file]: text, [lock]: '', 'packages/a/package.json': needs });
    await ready(root, 'packages/a');
    expect(readFileSync(log, 'utf8')).toBe(`${root}: ${line}\n${root}/packages/a: npm run build\n`);
  });

  it('not by a lock file that has nothing to do with it, nor by one above the checkout', async () => {
    programs('npm');
    const root = folder({
      'package-lock.json': '{}',
      'package.json': '{"workspaces":["*"]}',
      'checkout/package.json': needs,
    });
    await expect(ready(join(root, 'checkout'))).rejects.toThrow('npm ci needs a package-lock.json');
    const plain = folder({ 'package-lock.json': '{}', 'package.json': '{}', 'a/package.json': needs });
    await expect(ready(plain, 'a')).rejects.toThrow('npm ci needs a package-lock.json');
  });

  it('or says which program is missing, and which package.json is broken', async () => {
    programs('npm');
    const pnpm = folder({ 'package.json': needs, 'pnpm-lock.yaml': '' });
    await expect(ready(pnpm)).rejects.toThrow(
      'pnpm-lock.yaml asks for pnpm, which is not installed here. Install it (corepack enable pnpm)',
    );
    const broken = folder({ 'package.json': '{"name":' });
    await expect(ready(broken)).rejects.toThrow(`${broken}/package.json is not JSON`);
    await expect(ready(folder({ 'package.json': 'null' }))).rejects.toThrow('package.json is no JSON object');
  });

  it('and says of submodules that a checkout brings none, once more where it does not build', async () => {
    const root = folder({ '.gitmodules': '[submodule "lib"]' });
    const fix = '"install": "git submodule update --init && npm ci" in breakeven.compare.json';
    expect((await ready(root)).join('\n')).toContain(fix);
    await expect(ready(root, '', { build: 'exit 7' })).rejects.toThrow(
      /ended with 7[\s\S]*It has submodules: /,
    );
    expect(await ready(root, '', { install: 'true # git submodule update' })).toEqual([
      'base: true # git submodule update …',
    ]);
    expect(existsSync(join(root, 'lib'))).toBe(false);
  });
});
