import { InputError } from '../contract/errors.js';
import { git, tryGit } from './git.js';

/** The repository that the user stands in. */
export interface Repository {
  /** Top of its working tree. */
  readonly root: string;
  /** From there to where the user stands, with a slash at its end; empty at the top. */
  readonly prefix: string;
  /** Uncommitted changes, untracked files included. */
  readonly dirty: boolean;
}

export interface Commit {
  readonly hash: string;
  /** As it was asked for, with the short hash: "main (1a2b3c4)". */
  readonly name: string;
}

export function findRepository(folder: string): Repository {
  const { ok, stdout } = tryGit(['rev-parse', '--show-toplevel'], folder);
  if (!ok)
    throw new InputError(
      'comparing commits needs a git repository, and this folder is in none. Change to one, or compare two stored runs: ' +
        'compare BASE HEAD.',
    );
  const root = stdout.replace(/\n$/, '');
  return {
    root,
    prefix: git(['rev-parse', '--show-prefix'], folder),
    dirty: git(['--no-optional-locks', 'status', '--porcelain'], root) !== '',
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
