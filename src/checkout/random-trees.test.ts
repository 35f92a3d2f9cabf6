import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { digestTree } from '../../test/support/cli/tree-digest.js';
import { removeLeftOvers } from '../app/temporary-folder.js';
import { replaceOutputs } from '../files/outputs.js';
import { openCheckouts } from './checkouts.js';
import { findRepository } from './git.js';
import { findChanges, workingTreeDigest } from './working-tree.js';

/*
 * Trees that nobody thought of: whatever a repository, its surroundings, the temporary folder and the folder of the
 * outputs hold, each byte that is not ours stays as it was.
 */
const top = realpathSync(mkdtempSync(join(tmpdir(), 'random-trees-')));
afterAll(() => rmSync(top, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** What the user does to a path after the commit, or before it. */
type Step =
  | { readonly kind: 'file' | 'ignored'; readonly path: string; readonly text: string }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove' | 'pipe' | 'repository' | 'submodule' | 'move'; readonly path: string };

const part = fc.constantFrom(
  'a',
  'b',
  'data',
  'vendor',
  '-f',
  'x y',
  'new\nline',
  'ünï',
  '🎈',
  'head',
  '.hidden',
  '*',
);
const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const linkTarget = fc.constantFrom(
  '../outside',
  '/nowhere',
  '.',
  '..',
  'a',
  '../outside/data',
  'data/a',
  'OUTSIDE',
);
const text = fc.constantFrom('', 'one', 'two\n', 'x'.repeat(3_000));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('file' as const), path, text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ignored' as const), path, text }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('link' as const), path, to: linkTarget }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'remove' as const,
        'pipe' as const,
        'repository' as const,
        'submodule' as const,
        'move' as const,
      ),
      path,
    }),
  },
);
const tree = fc.array(step, { maxLength: 10 });

let made = 0;

function build(before: readonly Step[], after: readonly Step[], around: readonly Step[]) {
  const place = join(top, `${made++}`);
  const [root, outside, temporary, out] = ['root', 'outside', 'tmp', 'out'].map((name) => join(place, name));
  for (const folder of [root, outside, temporary, out]) mkdirSync(folder, { recursive: true });
  const git = (...args: string[]) => runGit(root, ...args);
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(root, '.gitignore'), '*.ignored\n');
  for (const each of before) apply(root, place, each);
  // A pipe, and a repository without a commit, cannot be added.
  attempt(() => git('add', '--all', '--ignore-errors'));
  git('commit', '--quiet', '--allow-empty', '--message', 'one');
  for (const each of after) apply(root, place, each);
  for (const [index, each] of around.entries()) {
    apply(outside, place, each);
    apply(out, place, each);
    apply(temporary, place, {
      ...each,
      path: `breakeven-${['run', 'compare', 'x'][index % 3]}-${index}/${each.path}`,
    });
  }
  symlinkSync(root, join(temporary, `breakeven-compare-999999-${made}`));
  return { place, root, out, temporary };
}

/** What cannot be done (a file where a folder would have to be, a link on the way) is left undone. */
function apply(folder: string, place: string, each: Step): void {
  const at = join(folder, each.path);
  // Through a link a test could reach what is not its own.
  if (!isReachedDirectly(folder, each.path)) return;
  attempt(() => {
    if (each.kind === 'remove') return rmSync(at, { recursive: true, force: true });
    mkdirSync(dirname(at), { recursive: true });
    put(folder, place, each);
  });
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // Not this one.
  }
}

function isReachedDirectly(folder: string, path: string): boolean {
  const parts = path.split('/').slice(0, -1);
  for (const [index] of parts.entries()) {
    const found = lstatSync(join(folder, ...parts.slice(0, index + 1)), { throwIfNoEntry: false });
    if (found === undefined) return true;
    if (!found.isDirectory()) return false;
  }
  return true;
}

function put(folder: string, place: string, each: Step): void {
  const at = join(folder, each.path);
  const beside = (name: string) => join(place, `${name}-${readdirSync(place).length}`);
  switch (each.kind) {
    case 'file':
      writeFileSync(at, each.text, { flag: lstatSync(at, { throwIfNoEntry: false })?.isFile() ? 'w' : 'wx' });
      break;
    case 'ignored':
      writeFileSync(`${at}.ignored`, each.text, { flag: 'wx' });
      break;
    case 'link':
      symlinkSync(each.to === 'OUTSIDE' ? join(place, 'outside') : each.to, at);
      break;
    case 'pipe':
      execFileSync('mkfifo', ['--', at], { stdio: 'ignore' });
      break;
    case 'repository':
      mkdirSync(at);
      runGit(at, 'init', '--quiet');
      if (each.path.length % 2 === 0) runGit(at, 'commit', '--quiet', '--allow-empty', '--message', 'one');
      break;
    case 'submodule': {
      const library = beside('library');
      mkdirSync(library);
      runGit(library, 'init', '--quiet');
      runGit(library, 'commit', '--quiet', '--allow-empty', '--message', 'one');
      runGit(folder, 'submodule', '--quiet', 'add', '--', library, each.path);
      break;
    }
    case 'move': {
      if (lstatSync(at, { throwIfNoEntry: false }) === undefined) break;
      const to = beside('moved');
      renameSync(at, to);
      symlinkSync(to, at);
      break;
    }
    case 'remove':
      break;
  }
}

function runGit(cwd: string, ...args: string[]): void {
  const settings = ['user.name=T', 'user.email=t@example.org', 'protocol.file.allow=always', 'gc.auto=0'];
  execFileSync('git', [...settings.flatMap((each) => ['-c', each]), ...args], { cwd, stdio: 'ignore' });
}

/** All of a place but what git keeps for worktrees, which has its own check. */
function foreign(place: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(digestTree(place)).filter(([name]) => !/^root\/\.git\/worktrees(\/|$)/.test(name)),
  );
}

const files = [
  { path: 'verdict.md', text: 'verdict' },
  { path: 'data/a.png', bytes: Buffer.from('png') },
];

/** Outputs in a folder of somebody's: all or nothing of them, and nothing else. */
function writeOutputs(out: string): void {
  try {
    replaceOutputs(out, files, '');
    replaceOutputs(out, files.slice(0, 1), '');
  } catch {
    // Something was in the way.
  }
}

const ownOutputs = /^out\/(\.breakeven-outputs\.json|verdict\.md|data)$/;

describe('whatever lies around', { timeout: 280_000 }, () => {
  it('a comparison of the working tree, outputs and the removal of left-overs leave it as it was', () => {
    fc.assert(
      fc.property(tree, tree, tree, (before, after, around) => {
        const { place, root, out, temporary } = build(before, after, around);
        vi.stubEnv('TMPDIR', temporary);
        const was = foreign(place);
        const repository = findRepository(root);
        const changes = findChanges(root, out);
        const digest = workingTreeDigest(changes);
        const checkouts = openCheckouts({
          repository,
          commands: {},
          signal: new AbortController().signal,
          note: () => {},
        });
        try {
          const commit = { hash: 'HEAD', name: 'HEAD' };
          checkouts.open('base', commit);
          checkouts.open('head', commit, changes);
        } finally {
          checkouts.close();
        }
        removeLeftOvers();
        expect(foreign(place)).toEqual(was);
        expect(workingTreeDigest(findChanges(root, out))).toBe(digest);
        // Nothing is left of our worktrees, either.
        expect(readdirSync(join(root, '.git')).includes('worktrees') && worktreesOf(root)).toBeFalsy();
        writeOutputs(out);
        const now = foreign(place);
        for (const [name, value] of Object.entries(was)) expect(now[name], name).toBe(value);
        const added = Object.keys(now).filter((name) => !(name in was));
        expect(added.filter((name) => !ownOutputs.test(name))).toEqual([]);
        rmSync(place, { recursive: true });
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('it stays as it was when the process that compares is killed at any moment, and the next start clears up', async () => {
    await fc.assert(
      fc.asyncProperty(
        tree,
        tree,
        tree,
        fc.integer({ min: 60, max: 700 }),
        async (before, after, around, afterMs) => {
          const { place, root, out, temporary } = build(before, after, around);
          const was = foreign(place);
          const href = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
          const source = `
          const { openCheckouts } = await import(${href('./checkouts.js')});
          const { findRepository } = await import(${href('./repository.js')});
          const { findChanges } = await import(${href('./working-tree.js')});
          const { replaceOutputs } = await import(${href('../files/outputs.js')});
          for (let i = 0; ; i++) {
            const checkouts = openCheckouts({ repository: findRepository(${JSON.stringify(root)}), commands: {},
              signal: new AbortController().signal, note() {} });
            const commit = { hash: 'HEAD', name: 'HEAD' };
            checkouts.open('base', commit);
            checkouts.open('head', commit, findChanges(${JSON.stringify(root)}, ${JSON.stringify(out)}));
            checkouts.close();
            try { replaceOutputs(${JSON.stringify(out)}, [{ path: 'verdict.md', text: String(i) }], ''); } catch {}
          }`;
          const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
            env: { ...process.env, TMPDIR: temporary },
            stdio: 'ignore',
          });
          const ended = new Promise((resolve) => child.once('exit', resolve));
          await sleep(afterMs);
          child.kill('SIGKILL');
          await ended;
          vi.stubEnv('TMPDIR', temporary);
          // The reaper and the git that was at work end a moment later; the next start does the rest.
          const isClear = () => {
            removeLeftOvers();
            return Object.keys(foreign(place)).every((name) => name in was || /^out\//.test(name));
          };
          for (let tries = 0; !isClear() && tries < 400; tries++) await sleep(50);
          writeOutputs(out);
          const now = foreign(place);
          for (const [name, value] of Object.entries(was)) expect(now[name], name).toBe(value);
          const added = Object.keys(now).filter((name) => !(name in was));
          expect(added.filter((name) => !ownOutputs.test(name))).toEqual([]);
          rmSync(place, { recursive: true });
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  });
});

function worktreesOf(root: string): boolean {
  return readdirSync(join(root, '.git/worktrees')).length > 0;
}
