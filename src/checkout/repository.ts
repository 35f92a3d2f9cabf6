import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../contract/errors.js';
import { explainGit, git, tryGit } from './git.js';

/** The repository that the user stands in. */
export interface Repository {
  /** Top of its working tree. */
  readonly root: string;
  /** What its worktrees have in common: where git remembers them. Absolute. */
  readonly gitFolder: string;
  /** From `root` to where the user stands, with a slash at its end; empty at the top. */
  readonly prefix: string;
}

export interface Commit {
  readonly hash: string;
  /** As it was asked for, with the short hash: "main (1a2b3c4)". */
  readonly name: string;
}

/** Throws an InputError where there is none, or none that a comparison could be made in. */
export function findRepository(folder: string): Repository {
  const args = ['rev-parse', '--show-toplevel'];
  const { ok, stdout, stderr } = tryGit(args, folder);
  if (!ok) throw explainGit(args, stderr, folder);
  const root = stdout.replace(/\n$/, '');
  if (!tryGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], root).ok)
    throw new InputError(
      'this repository has no commit yet on its branch, and so nothing to compare with: commit first.',
    );
  return {
    root,
    gitFolder: resolve(root, git(['rev-parse', '--git-common-dir'], root)),
    prefix: git(['rev-parse', '--show-prefix'], folder),
  };
}

/** Throws an InputError where the repository knows no such commit. */
export function findCommit({ root }: Repository, ref: string): Commit {
  const { ok, stdout } = ref.startsWith('-')
    ? { ok: false, stdout: '' }
    : tryGit(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], root);
  const hash = stdout.trim();
  if (ok && hash !== '') return { hash, name: `${ref} (${hash.slice(0, 7)})` };
  const shallow = tryGit(['rev-parse', '--is-shallow-repository'], root).stdout.trim() === 'true';
  const branches = git(['for-each-ref', '--format=%(refname:short)', '--count=8', 'refs/heads'], root);
  throw new InputError(
    `there is no commit "${ref}" in this repository. ${
      shallow
        ? 'It is a shallow clone: fetch the base first (`git fetch origin main`, or actions/checkout with fetch-depth: 0).'
        : `Branches are: ${branches.split('\n').join(', ') || 'none'}.`
    }`,
  );
}

/** When it was committed: ISO 8601, UTC. */
export function readCommitTime({ root }: Repository, hash: string): string {
  const [seconds] = git(['show', '--no-patch', '--format=%ct', hash], root).trim().split('\n').slice(-1);
  return new Date(Number(seconds) * 1_000).toISOString();
}

/** Does a working tree say that it has submodules? A checkout brings none of them. */
export function hasSubmodules(root: string): boolean {
  return existsSync(join(root, '.gitmodules'));
}
