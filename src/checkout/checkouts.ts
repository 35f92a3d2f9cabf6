import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RunError } from '../contract/errors.js';
import { type Home, ownHome, type SelfBelow } from '../plugins/module.js';
import type { Commit, Repository } from './git.js';
import { makeReady, type ReadyCommands, readPackage } from './install.js';
import { copyWorkingTree, type WorkingTreeChanges } from './working-tree.js';
import { addWorktree, leaveWorktreesToReaper, makeWorktreesFolder, removeWorktrees } from './worktrees.js';

/** One side, checked out and built. */
export interface Checkout {
  /** Top of its working tree. */
  readonly root: string;
  /** Where its plug-ins are looked up. */
  readonly home: Home;
  /** What 'breakeven' is to them; absent where that is the running tool. */
  readonly self?: SelfBelow;
}

export type SideName = 'base' | 'head';

export interface Checkouts {
  /** `changes`: makes it as the working tree is, on top of the commit. */
  open(side: SideName, commit: Commit, changes?: WorkingTreeChanges): Checkout;
  makeReady(checkout: Checkout, name: string): Promise<void>;
  /** Throws a RunError where somebody removed a checkout: whatever else went wrong then is no fault of what is in it. */
  checkStillThere(): void;
  close(): void;
}

export interface CheckoutsRequest {
  readonly repository: Repository;
  readonly commands: ReadyCommands;
  readonly signal: AbortSignal;
  note(line: string): void;
}

/**
 * A folder for temporary worktrees. They are gone when it is closed, when this process ends in whatever way, and, by
 * the reaper, when it is killed outright. The user's own working tree and branch are only read.
 */
export function openCheckouts({ repository, commands, signal, note }: CheckoutsRequest): Checkouts {
  const worktrees = makeWorktreesFolder(repository, ['base', 'head']);
  const isRemoved = leaveWorktreesToReaper(worktrees);
  const remove = () => removeWorktrees(worktrees);
  // A second Ctrl-C ends the process without passing by any `finally`.
  process.on('exit', remove);
  const roots: string[] = [];
  return {
    checkStillThere: () => {
      if (existsSync(worktrees.path) && roots.every((root) => existsSync(join(root, '.git')))) return;
      throw new RunError(
        `the commits were checked out in ${worktrees.path}, and somebody removed that while it was in use. Set TMPDIR to a folder that nothing clears, and try again.`,
      );
    },
    open: (side, { hash }, changes) => {
      const root = addWorktree(worktrees, side, hash);
      roots.push(root);
      const problems = changes === undefined ? [] : copyWorkingTree(changes, root);
      for (const problem of problems) note(`Not part of ${side}: ${problem}.`);
      return { root, home: { packageHref: ownHome.packageHref, folder: join(root, repository.prefix) } };
    },
    makeReady: (checkout, name) =>
      makeReady({
        root: checkout.root,
        folder: checkout.home.folder,
        name,
        commands,
        signal,
        note,
      }),
    close: () => {
      process.off('exit', remove);
      remove();
      isRemoved();
    },
  };
}

/** A checkout that is ready, with the breakeven that it brings: itself, or the one that it has installed. */
export function withOwnTool({ root, home }: Checkout): Checkout {
  const dist = distOf(home.folder);
  if (dist === undefined) return { root, home };
  const packageHref = pathToFileURL(`${dist}/`).href;
  const self = pathToFileURL(join(dist, 'src/index.js')).href;
  return {
    root,
    home: { ...home, packageHref },
    self: { under: pathToFileURL(`${root}/`).href, self },
  };
}

function distOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const isTool = readPackage(join(at, 'package.json'))?.name === 'breakeven';
    const found = [...(isTool ? [join(at, 'dist')] : []), join(at, 'node_modules/breakeven/dist')].find(
      (dist) => existsSync(join(dist, 'src/index.js')),
    );
    if (found !== undefined) return realpathSync(found);
    // Above the checkout begins the temporary folder, which belongs to everybody.
    if (at === dirname(at) || existsSync(join(at, '.git'))) return undefined;
  }
}
