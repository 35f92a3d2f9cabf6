import { createHash } from 'node:crypto';
import { copyFileSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git } from './git.js';

/**
 * Makes a checkout of HEAD look like the working tree as it is now: changed, new and deleted files, but for ignored
 * ones. The working tree itself is only read.
 */
export function copyWorkingTree(root: string, target: string): void {
  for (const name of differing(root)) {
    const [from, to] = [join(root, name), join(target, name)];
    const what = lstatSync(from, { throwIfNoEntry: false });
    rmSync(to, { recursive: true, force: true });
    if (what === undefined || what.isDirectory()) continue;
    mkdirSync(dirname(to), { recursive: true });
    if (what.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else copyFileSync(from, to);
  }
}

/** Equal for equal working trees on the same commit: a comparison is gone on with only then. */
export function workingTreeDigest(root: string): string {
  const hash = createHash('sha256').update(git(['rev-parse', 'HEAD'], root));
  for (const name of differing(root)) {
    const path = join(root, name);
    const what = lstatSync(path, { throwIfNoEntry: false });
    hash.update(`\0${name}\0`);
    if (what?.isFile()) hash.update(readFileSync(path));
    else if (what?.isSymbolicLink()) hash.update(readlinkSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Files that differ from HEAD, and untracked ones. */
function differing(root: string): string[] {
  const listed = (args: readonly string[]) =>
    git(args, root)
      .split('\0')
      .filter((name) => name !== '');
  const changed = listed(['diff', 'HEAD', '--name-only', '--no-renames', '-z']);
  const untracked = listed(['ls-files', '--others', '--exclude-standard', '-z']);
  return [...new Set([...changed, ...untracked])].sort();
}
