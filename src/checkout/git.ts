import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError, RunError, type UserError } from '../contract/errors.js';
import { runInPlace } from '../process/in-place.js';

interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * For every call: git never tidies up by itself (its `gc` and `prune` forget worktrees whose disk is away), runs none
 * of the user's hooks, and leaves no watching process behind.
 */
const careful = [
  'gc.auto=0',
  'gc.worktreePruneExpire=never',
  'maintenance.auto=false',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'worktree.useRelativePaths=false',
].flatMap((setting) => ['-c', setting]);

/** What git answers, without the last line break. Throws what `explainGit` makes of a refusal. */
export function git(args: readonly string[], cwd: string): string {
  const answer = tryGit(args, cwd);
  if (!answer.ok) throw explainGit(args, answer.stderr, cwd);
  return answer.stdout.replace(/\n$/, '');
}

export function tryGit(args: readonly string[], cwd: string): GitAnswer {
  const end = runInPlace(['git', ...careful, ...args], { cwd, env: ownEnvironment() });
  if (end.kind === 'not started')
    throw end.cause.code === 'ENOENT'
      ? new InputError(
          'comparing commits needs git, which cannot be started here. Install it, or compare two stored runs.',
          { cause: end.cause },
        )
      : new RunError(`git ${args[0]} could not be carried out: ${end.cause.message}`, { cause: end.cause });
  if (end.kind === 'killed')
    throw new RunError(`git ${args[0]} was ended by ${end.signal}, and nothing was compared. Try again.`);
  return { ok: end.code === 0, stdout: end.stdout, stderr: end.stderr };
}

function ownEnvironment(): NodeJS.ProcessEnv {
  // A hook's variables (GIT_DIR, GIT_INDEX_FILE) would lead to another repository than the folder's.
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(DIR|INDEX|WORK|COMMON_DIR|PREFIX|NAMESPACE|EXTERNAL_DIFF)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    // Its messages are read, and a question of its would wait for ever.
    LC_ALL: 'C.UTF-8',
    LANGUAGE: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
}

interface Meaning {
  readonly pattern: RegExp;
  explain(found: RegExpExecArray, cwd: string): UserError;
}

/** What git's refusals mean, the most telling first: its own first line is often only what it was about to do. */
const meanings: readonly Meaning[] = [
  {
    pattern: /dubious ownership in repository at '([^\n]*)'/,
    explain: ([, path]) =>
      new InputError(
        `git does not open this repository, because it belongs to another user (dubious ownership). If you trust it: ` +
          `git config --global --add safe.directory ${quote(path)}`,
      ),
  },
  {
    pattern: /must be run in a work tree/,
    explain: () =>
      new InputError(
        'this is a bare repository, or the inside of one: it has no working tree to stand in. Clone it, and compare there.',
      ),
  },
  {
    pattern: /not a git repository/,
    explain: () =>
      new InputError(
        'comparing commits needs a git repository, and this folder is in none. Change to one, or compare two stored runs: ' +
          'compare BASE HEAD.',
      ),
  },
  {
    pattern: /Unable to create '([^\n]*\.lock)': File exists/,
    explain: ([, path]) =>
      new RunError(
        `another git is at work in this repository: ${path} is there. Wait until it ends; if none runs, remove that file.`,
      ),
  },
  {
    pattern: /No space left on device|Disk quota exceeded|unable to write file [^\n]*/,
    explain: ([what]) =>
      new RunError(
        `a commit could not be checked out: ${what}. Make room, or set TMPDIR to a folder on a larger disk.`,
      ),
  },
  {
    pattern: /Permission denied|Read-only file system/,
    explain: ([what], cwd) =>
      new RunError(
        `git may not write in the repository at ${cwd}: ${what}. A checkout needs an entry in its .git/worktrees.`,
      ),
  },
  {
    pattern:
      /promisor remote|unable to read (?:tree|sha1 file|[0-9a-f]{40})|missing (?:blob|tree|commit)|bad (?:object|tree)|invalid object|object file [^\n]* is empty|loose object [^\n]* is corrupt|Could not read [0-9a-f]{40}/i,
    explain: ([what]) =>
      new InputError(
        `this clone lacks objects of a commit (git says: ${what}). In a partial or shallow clone fetch them first: git fetch ` +
          '--refetch, or git fetch --unshallow; in another one `git fsck` says what is damaged.',
      ),
  },
];

/** The error that a refusal means, with what to do; where nobody foresaw it, all that git calls fatal or an error. */
export function explainGit(args: readonly string[], stderr: string, cwd: string): UserError {
  for (const { pattern, explain } of meanings) {
    const found = pattern.exec(stderr);
    if (found !== null) return explain(found, cwd);
  }
  const lines = stderr.trim().split('\n');
  const grave = lines.filter((line) => /^(?:fatal|error):/.test(line));
  const said = grave.length > 0 ? grave : lines.slice(-3);
  const words = args.slice(0, args[0] === 'worktree' ? 2 : 1).join(' ');
  return new InputError(
    `git ${words} failed: ${said.join(' ') || 'it gave no reason'}. Try \`git status\` here, and repair what it names.`,
  );
}

function quote(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

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
