import { readSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { listOutputs, manifestName } from '../files/outputs.js';
import { findOwnedFolder } from '../files/owned-folder.js';
import { openRegularFile } from '../files/read-file.js';

export interface WithoutOutputs {
  readonly kept: readonly string[];
  /** In the folder of the outputs, and written by somebody else. */
  readonly inOutputs: readonly string[];
}

/**
 * Untracked files without what this tool wrote: reports that appear while a comparison runs are no change of the code.
 * All of the folder of the outputs is left out, and elsewhere what is proved to be an output: by a manifest, by the
 * first line of a results file, by the marker of a temporary folder.
 */
export function leaveOutOutputs(root: string, out: string, untracked: readonly string[]): WithoutOutputs {
  const inside = pathInside(root, out);
  const isOurs = outputsBelow(root);
  const own = new Map(untracked.map((name) => [name, isOurs(name)]));
  const isInOut = (name: string) => inside !== undefined && name.startsWith(`${inside}/`);
  return {
    kept: untracked.filter((name) => !own.get(name) && !isInOut(name)),
    inOutputs: untracked.filter((name) => !own.get(name) && isInOut(name)),
  };
}

/** Undefined where it is the root itself, or does not lie below it: then it says nothing of what lies in it. */
export function pathInside(root: string, out: string): string | undefined {
  const path = relative(realpathSync(root), realpathOf(out)).split(sep).join('/');
  return path === '' || path.startsWith('..') || path.startsWith('/') ? undefined : path;
}

/** Of a folder that may be missing yet. */
function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realpathOf(dirname(path)), basename(path));
  }
}

function outputsBelow(root: string): (name: string) => boolean {
  const listed = remember((folder) => listOutputs(join(root, folder)));
  const owned = remember((folder) => findOwnedFolder(join(root, folder)) !== undefined);
  const written = remember((name) => isWrittenByUs(join(root, name)));
  return (name) =>
    written(name) ||
    foldersAbove(name).some(
      (folder) => owned(folder) || listed(folder).has(folder === '' ? name : name.slice(folder.length + 1)),
    );
}

/** "a/b/c" → "a/b", "a", "" (the root). */
function foldersAbove(name: string): string[] {
  const parts = name.replace(/\/$/, '').split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

const names = ['results.ndjson', 'job.json', manifestName];

/** Files that no manifest lists: each says what it is at its beginning. */
function isWrittenByUs(path: string): boolean {
  const name = basename(path);
  if (name === 'results.lock') return isWrittenByUs(join(dirname(path), 'results.ndjson'));
  if (!names.includes(name)) return false;
  try {
    const { file, close } = openRegularFile(path);
    try {
      const start = Buffer.alloc(200);
      return /"format": ?"breakeven-/.test(start.toString('utf8', 0, readSync(file, start)));
    } finally {
      close();
    }
  } catch {
    return false;
  }
}

function remember<Value>(ask: (key: string) => Value): (key: string) => Value {
  const answers = new Map<string, { readonly value: Value }>();
  return (key) => {
    const answer = answers.get(key) ?? { value: ask(key) };
    answers.set(key, answer);
    return answer.value;
  };
}
