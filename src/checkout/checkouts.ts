import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Home, ownHome, type SelfBelow } from '../catalog/module.js';
import { git, tryGit } from './git.js';
import { makeReady, type ReadyCommands } from './install.js';
import { leaveCheckoutsToReaper, removeCheckouts } from './remove.js';
import type { Commit, Repository } from './repository.js';
import { copyWorkingTree } from './working-tree.js';

const prefix = 'breakeven-compare-';

/** One side, checked out and built. */
export interface Checkout {
  /** Top of its working tree. */
  readonly root: string;
  /** Where its plug-ins are looked up. */
  readonly home: Home;
  /** What 'breakeven' is to them; absent where that is the running tool. */
  readonly self?: SelfBelow;
}

export interface Checkouts {
  /** `tree`: as the working tree is, on top of the commit. */
  open(side: string, commit: Commit, tree: boolean): Checkout;
  makeReady(checkout: Checkout, name: string): Promise<void>;
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
  const { root } = repository;
  removeLeftOvers(root);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`)));
  const isRemoved = leaveCheckoutsToReaper(root, folder);
  const remove = () => removeCheckouts(root, folder);
  // A second Ctrl-C ends the process without passing by any `finally`.
  process.on('exit', remove);
  return {
    open: (side, { hash }, tree) => {
      const path = join(folder, side);
      // The user's hooks are for the user's checkouts.
      git(['-c', 'core.hooksPath=/dev/null', 'worktree', 'add', '--detach', '--force', path, hash], root);
      if (tree) copyWorkingTree(root, path);
      return {
        root: path,
        home: { packageHref: ownHome.packageHref, folder: join(path, repository.prefix) },
      };
    },
    makeReady: (checkout, name) =>
      makeReady({
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
    const manifest = join(at, 'package.json');
    const isTool =
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'breakeven';
    const found = [...(isTool ? [join(at, 'dist')] : []), join(at, 'node_modules/breakeven/dist')].find(
      (dist) => existsSync(join(dist, 'src/index.js')),
    );
    if (found !== undefined) return realpathSync(found);
    // Above the checkout begins the temporary folder, which belongs to everybody.
    if (at === dirname(at) || existsSync(join(at, '.git'))) return undefined;
  }
}

/** Where even the reaper was killed, or the machine switched off: what no process works on any more. */
function removeLeftOvers(root: string): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    const path = join(tmpdir(), name);
    const known = tryGit(['worktree', 'list', '--porcelain'], root).stdout;
    if (known.includes(realpathSync(path))) removeCheckouts(root, realpathSync(path));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
