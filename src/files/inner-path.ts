import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenFolder, openFolder } from './remove-tree.js';

/** A name in a folder that was reached level by level. */
export interface InnerPath {
  /** Through the open folder, so that no level can be replaced by a link any more. */
  readonly path: string;
  close(): void;
}

/**
 * The place of `name` (with forward slashes) below `root`, a path or a folder that stays open, with each folder on the way opened without following a link.
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
  let folder = typeof root === 'string' ? openFolder(root) : { ...root, close: () => {} };
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
