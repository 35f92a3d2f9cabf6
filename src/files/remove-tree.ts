import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';

/** A folder that was opened without following a link, so that it stays the same one whatever happens to its name. */
export interface OpenFolder {
  /** Names in it are reached below this path. */
  readonly path: string;
  readonly inode: number;
  readonly device: number;
  /** Whose it is; 0 everywhere on Windows. */
  readonly user: number;
  close(): void;
}

/** Undefined where there is no folder of that name: nothing, a link, a file. */
export function openFolder(path: string): OpenFolder | undefined {
  const { O_RDONLY, O_DIRECTORY = 0, O_NOFOLLOW = 0 } = constants;
  let file: number;
  try {
    if (!lstatSync(path).isDirectory()) return undefined;
    file = openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (cause) {
    if (isGone(cause)) return undefined;
    throw cause;
  }
  const { ino, dev, uid } = fstatSync(file);
  // Through the open file, on Linux: a name that is replaced by a link now leads nowhere else.
  const through = `/proc/self/fd/${file}`;
  return {
    path: existsSync(through) ? through : path,
    inode: ino,
    device: dev,
    user: uid,
    close: () => closeSync(file),
  };
}

/**
 * Removes everything in an open folder but `kept`. Links are removed, never followed, and what lies on another device
 * (something mounted there) is left. Returns the paths of what is left against our will, from the folder on.
 */
export function emptyFolder({ path, device }: OpenFolder, kept?: string, below = ''): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === kept) return [];
    const name = join(below, entry.name);
    const at = join(path, entry.name);
    const inside = entry.isDirectory() ? openFolder(at) : undefined;
    if (inside === undefined) return removeName(() => unlinkSync(at), path, name);
    try {
      if (inside.device !== device) return [name];
      const left = emptyFolder(inside, undefined, name);
      return left.length > 0 ? left : removeName(() => rmdirSync(at), path, name);
    } finally {
      inside.close();
    }
  });
}

/**
 * Removes a folder with all that is in it, as `emptyFolder` does. The caller has the proof that it is ours. False where
 * it is no folder, or something of it is left.
 */
export function removeTree(path: string): boolean {
  const folder = openFolder(path);
  if (folder === undefined) return false;
  try {
    if (emptyFolder(folder).length > 0) return false;
  } finally {
    folder.close();
  }
  try {
    rmdirSync(path);
    return true;
  } catch (cause) {
    return isGone(cause);
  }
}

function removeName(remove: () => void, folder: string, name: string): string[] {
  for (const tries of [1, 2]) {
    try {
      remove();
      return [];
    } catch (cause) {
      if (isGone(cause)) return [];
      if (tries === 2) return [name];
      // A package manager may have taken our own right to write away from a folder.
      try {
        chmodSync(folder, 0o700);
      } catch {
        return [name];
      }
    }
  }
  return [name];
}

function isGone(cause: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((cause as NodeJS.ErrnoException).code ?? '');
}

/** A name in a folder that was reached level by level. */
interface InnerPath {
  /** Through the open folder, so that no level can be replaced by a link any more. */
  readonly path: string;
  close(): void;
}

/**
 * The place of `name` (with forward slashes) below `root`, with each folder on the way opened without following a link.
 * Undefined where one of them is no real folder: a link, a file, nothing, or a name that leads upwards.
 */
export function openInnerPath(root: string | OpenFolder, name: string): InnerPath | undefined {
  return walk(root, name, () => {});
}

/** The same, and folders that are missing on the way are made. Throws what the system says where one cannot be. */
export function makeInnerPath(root: string | OpenFolder, name: string): InnerPath | undefined {
  return walk(root, name, (path) => {
    try {
      mkdirSync(path);
    } catch (cause) {
      // What is there already is looked at next.
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  });
}

function walk(
  root: string | OpenFolder,
  name: string,
  prepare: (path: string) => void,
): InnerPath | undefined {
  const parts = name.split('/');
  const last = parts.pop() ?? '';
  if ([...parts, last].some((part) => part === '' || part === '.' || part === '..')) return undefined;
  let folder: OpenFolder | undefined =
    typeof root === 'string' ? openFolder(root) : { ...root, close: () => {} };
  for (const part of parts) {
    if (folder === undefined) return undefined;
    const outer: OpenFolder = folder;
    try {
      prepare(join(outer.path, part));
      folder = openFolder(join(outer.path, part));
    } finally {
      outer.close();
    }
  }
  return folder && { path: join(folder.path, last), close: folder.close };
}
