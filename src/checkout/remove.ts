import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { leaveToReaper } from '../process/reaper/reaper.js';
import { tryGit } from './git.js';

/** Takes the checkouts below a folder, and what git remembers of them, away. May be called again. */
export function removeCheckouts(root: string, folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names) tryGit(['worktree', 'remove', '--force', join(folder, name)], root);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (existsSync(root)) tryGit(['worktree', 'prune'], root);
}

/** Has them taken away should this process be killed before the returned call says that they are gone. */
export function leaveCheckoutsToReaper(root: string, folder: string): () => void {
  return leaveToReaper({
    kind: 'call',
    module: import.meta.url,
    name: removeCheckouts.name,
    arguments: [root, folder],
  });
}
