import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findWorktrees, removeWorktrees } from '../checkout/worktrees.js';
import {
  type FoundFolder,
  findOwnedFolders,
  makeOwnedFolder,
  type OwnedFolder,
  removeOwnedFolder,
} from '../files/owned-folder.js';
import { leaveToReaper } from '../process/reaper/reaper.js';

/** A folder of one run outside the reports; gone when the run ends, in whatever way. */
export interface TemporaryFolder {
  /** Makes it when it is first asked for. */
  path(): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  let made: OwnedFolder | undefined;
  let isGone = () => {};
  const remove = () => {
    made?.remove();
    isGone();
    made = undefined;
    process.off('exit', remove);
  };
  return {
    path: () => {
      // Somebody may have cleaned it away in the middle of the run.
      if (made === undefined || !existsSync(made.path)) {
        isGone();
        made = makeOwnedFolder('run');
        isGone = leaveToReaper({ kind: 'folder', folder: made.path });
        // A second Ctrl-C ends the process without passing by any `finally`.
        process.on('exit', remove);
      }
      return made.path;
    },
    remove,
  };
}

/** Where temporary folders are made: that of the system, and memory that looks like a folder (Linux). */
function temporaryPlaces(): string[] {
  return [...new Set([tmpdir(), '/dev/shm'])];
}

/** What a run makes for itself and removes when it ends. A lesson that waits to be gone on with is none of these. */
const temporary = ['compare', 'run', 'program', 'clone', 'gate'];

/** Folders of runs, whatever became of these. */
export function findTemporaryFolders(): FoundFolder[] {
  return temporaryPlaces()
    .flatMap((place) => findOwnedFolders(place))
    .filter(({ purpose }) => temporary.includes(purpose));
}

/**
 * Removes what runs left that were killed outright, their helpers with them, or whose machine was switched off. Each
 * folder is proved to be ours, and its process to be dead: one that nobody here can tell of (another container on the
 * same temporary folder) is left, and `doctor` names it. Never fails: what cannot be removed costs nobody a run.
 */
export function removeLeftOvers(): void {
  for (const { path, purpose, owner } of findTemporaryFolders()) {
    if (owner !== 'dead') continue;
    try {
      const worktrees = purpose === 'compare' ? findWorktrees(path) : undefined;
      if (worktrees === undefined) removeOwnedFolder(path);
      else removeWorktrees(worktrees);
    } catch {
      // Of a user who may not, or changed under our hands.
    }
  }
}

/** Work with a temporary folder of its own, which is cleared away whatever becomes of it. */
export async function withTemporaryFolder<Result>(
  work: (folder: TemporaryFolder) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  try {
    return await work(folder);
  } finally {
    folder.remove();
  }
}
