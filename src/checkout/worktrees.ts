import { existsSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findOwnedFolder, makeOwnedFolder, removeOwnedFolder } from '../files/owned-folder.js';
import { readRegularFile } from '../files/read-file.js';
import { removeTree } from '../files/remove-tree.js';
import { leaveToReaper } from '../process/reaper/reaper.js';
import { git, type Repository, tryGit } from './git.js';

/*
 * Temporary worktrees: a folder of our own, and in the repository one entry each. Only these entries are removed, by
 * name. `git worktree prune` is never called: it forgets every worktree of the user's that cannot be seen just now, on
 * a disk that is not mounted or from inside a container.
 */
const purpose = 'compare';

/** Enough to remove worktrees of ours, also where their folder was taken away: the folder's name is random. */
export interface WorktreesFacts {
  readonly path: string;
  /** A working tree of the repository. */
  readonly repository: string;
  /** Where the repository remembers its worktrees. */
  readonly gitFolder: string;
  /** Names below `path`. */
  readonly worktrees: readonly string[];
}

/** Makes the folder for worktrees of these names. Its marker names them before they are made, so that others can remove them. */
export function makeWorktreesFolder(
  { root, gitFolder }: Repository,
  worktrees: readonly string[],
): WorktreesFacts {
  const facts = { repository: root, gitFolder, worktrees };
  return { path: makeOwnedFolder(purpose, undefined, facts).path, ...facts };
}

/** Checks a commit out as one of these worktrees, and returns its path. Throws what git's refusal means. */
export function addWorktree(
  { path, repository, worktrees }: WorktreesFacts,
  name: string,
  hash: string,
): string {
  if (!worktrees.includes(name)) throw new Error(`no worktree ${name} was foreseen`);
  const at = join(path, name);
  git(['worktree', 'add', '--detach', '--force', at, hash], repository);
  return at;
}

/** Removes worktrees of ours, by name, and then their folder. May be called again. */
export function removeWorktrees({ path, repository, gitFolder, worktrees }: WorktreesFacts): void {
  // A name that leads elsewhere was never made by us.
  for (const name of worktrees.filter((each) => /^[a-z]+$/.test(each)))
    forgetWorktree(join(path, name), repository, gitFolder);
  removeOwnedFolder(path);
}

/** Has them removed should this process be killed before the returned call says that they are gone. */
export function leaveWorktreesToReaper(facts: WorktreesFacts): () => void {
  return leaveToReaper({
    kind: 'call',
    module: import.meta.url,
    name: removeWorktrees.name,
    arguments: [facts],
  });
}

/** The facts in a folder's marker. Undefined where it is not proved to be one of ours with worktrees. */
export function findWorktrees(path: string): WorktreesFacts | undefined {
  const found = findOwnedFolder(path);
  if (found?.purpose !== purpose) return undefined;
  const { repository, gitFolder, worktrees } = found.facts;
  if (typeof repository !== 'string' || typeof gitFolder !== 'string' || !Array.isArray(worktrees))
    return undefined;
  return { path, repository, gitFolder, worktrees: worktrees.map(String) };
}

function forgetWorktree(path: string, repository: string, gitFolder: string): void {
  const entries = entriesOf(path, gitFolder);
  if (entries.length === 0) return;
  if (existsSync(repository) && isDone(() => tryGit(['worktree', 'remove', '--force', path], repository).ok))
    return;
  // Git refuses where it was cut off while it made the worktree.
  for (const entry of entries) removeTree(entry);
}

/** Where git remembers this worktree: each entry's file `gitdir` says whose it is. */
function entriesOf(path: string, gitFolder: string): string[] {
  const folder = join(gitFolder, 'worktrees');
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .map((name) => join(folder, name))
    .filter((entry) => {
      try {
        return readRegularFile(join(entry, 'gitdir'), 2 ** 16)
          .toString('utf8')
          .startsWith(`${path}${sep}`);
      } catch {
        return false;
      }
    });
}

function isDone(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}
