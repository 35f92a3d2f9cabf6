import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Path below the top to what is there: kind, mode, and content or target. Names are bytes read as latin1. */
export type TreeDigest = ReadonlyMap<string, string>;

/** Of a whole tree, links not followed. Times are left out: reading changes them. */
export function digestTree(top: string): TreeDigest {
  const entries = new Map<string, string>();
  const visit = (path: string) => {
    for (const name of readdirSync(join(top, path))) {
      const below = path === '' ? name : `${path}/${name}`;
      entries.set(below, describeEntry(join(top, below)));
      if (lstatSync(join(top, below)).isDirectory()) visit(below);
    }
  };
  visit('');
  return entries;
}

function describeEntry(path: string): string {
  const stat = lstatSync(path);
  const mode = (stat.mode & 0o7777).toString(8);
  if (stat.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (stat.isDirectory()) return `folder ${mode}`;
  if (stat.isFile()) return `file ${mode} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  return stat.isFIFO() ? `FIFO ${mode}` : `special file ${mode}`;
}

export interface Allowed {
  /** May a new entry be at this path? */
  made(path: string): boolean;
  /** May what was at this path be changed or removed? */
  changed(path: string): boolean;
}

/** What differs and may not, one sentence each. */
export function describeChanges(before: TreeDigest, after: TreeDigest, allowed: Allowed): string[] {
  const gone = [...before.keys()].filter((path) => !after.has(path) && !allowed.changed(path));
  const changed = [...before].filter(([path, was]) => {
    const is = after.get(path);
    return is !== undefined && is !== was && !allowed.changed(path);
  });
  const made = [...after.keys()].filter((path) => !before.has(path) && !allowed.made(path));
  return [
    ...sentences(gone, (path) => `foreign ${before.get(path)?.split(' ')[0]} removed: ${path}`),
    ...sentences(
      changed.map(([path]) => path),
      (path) => `foreign ${before.get(path)?.split(' ')[0]} changed: ${path}`,
    ),
    ...sentences(made, (path) => `left where nothing is to be written: ${path}`),
  ];
}

function sentences(paths: readonly string[], describe: (path: string) => string): string[] {
  const shown = paths.slice(0, 4).map(describe);
  return paths.length > 4 ? [...shown, `… and ${paths.length - 4} more of these`] : shown;
}
