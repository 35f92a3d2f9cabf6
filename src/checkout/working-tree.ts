import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { RunError } from '../contract/errors.js';
import { listOutputs, manifestName } from '../files/outputs.js';
import { findOwnedFolder } from '../files/owned-folder.js';
import { openRegularFile } from '../files/read-file.js';
import { makeInnerPath, openInnerPath } from '../files/remove-tree.js';
import { git } from './git.js';

/** How the working tree differs from its commit, the tool's own outputs left out. */
export interface WorkingTreeChanges {
  readonly root: string;
  /** Paths from the root, with forward slashes: changed, deleted and untracked ones, sorted. */
  readonly names: readonly string[];
  /** Files of the user's that lie in the folder of the outputs, and so are no part of what is compared. */
  readonly inOutputs: readonly string[];
}

/**
 * Asks git. `out`: the folder of the outputs, absolute; `history`: a file of them that may be committed, and grows with each
 * comparison. Ignored files are no part of it.
 */
export function findChanges(root: string, out: string, history?: string): WorkingTreeChanges {
  const listed = (args: readonly string[]) =>
    git(args, root)
      .split('\0')
      .filter((name) => name !== '');
  const changed = listed([
    'diff',
    'HEAD',
    '--name-only',
    '--no-renames',
    '--no-relative',
    '--no-ext-diff',
    '-z',
  ]);
  const untracked = listed(['ls-files', '--others', '--exclude-standard', '-z']);
  const { kept, inOutputs } = leaveOutOutputs(root, out, untracked);
  const grown = history === undefined ? undefined : pathInside(root, history);
  const names = [...new Set([...changed, ...kept])].filter((name) => name !== grown);
  return { root, names: names.sort(), inOutputs };
}

/**
 * Makes a checkout of HEAD look like the working tree as it is now. Nothing is read, written or removed through a link:
 * what lies below a folder that was replaced by one counts as deleted, as it does for git. The working tree itself is
 * only read. Returns what could not be copied, as sentences: pipes, nested repositories.
 */
export function copyWorkingTree({ root, names }: WorkingTreeChanges, target: string): string[] {
  // All removals come first: a folder that became a file, or a file that became a folder, is in the way.
  for (const name of names) removeFrom(target, name);
  return names.flatMap((name) => {
    const problem = readEntry(root, name, (entry) => copyEntry(entry, target, name));
    return problem === undefined ? [] : [`${JSON.stringify(name)} ${problem}`];
  });
}

/** Equal for equal working trees on the same commit: a comparison is gone on with only then. */
export function workingTreeDigest({ root, names }: WorkingTreeChanges): string {
  const hash = createHash('sha256').update(git(['rev-parse', 'HEAD'], root));
  for (const name of names) {
    hash.update(`\0${name}\0`);
    readEntry(root, name, (entry) => addTo(hash, entry));
  }
  return hash.digest('hex').slice(0, 16);
}

/** One name of the working tree, as it is now. */
type Entry =
  | { readonly kind: 'missing' }
  | { readonly kind: 'link'; readonly to: Buffer }
  /** `mode`: its permissions. */
  | { readonly kind: 'file'; readonly file: number; readonly mode: number }
  | { readonly kind: 'other'; readonly problem: string };

/** Looks at a name, without following a link and without waiting, for as long as `use` takes. */
function readEntry<Result>(root: string, name: string, use: (entry: Entry) => Result): Result {
  // Git's names are bytes. Those that are no text reach us as another name, which is not there.
  if (name.includes('\uFFFD')) return use({ kind: 'other', problem: 'has a name that is not UTF-8' });
  const inner = openInnerPath(root, name.replace(/\/$/, ''));
  if (inner === undefined) return use({ kind: 'missing' });
  try {
    const found = lstatSync(inner.path, { throwIfNoEntry: false });
    if (found === undefined) return use({ kind: 'missing' });
    if (found.isSymbolicLink())
      return use({ kind: 'link', to: readlinkSync(inner.path, { encoding: 'buffer' }) });
    // A file that a folder has taken the place of is gone; what is in the folder has names of its own.
    if (found.isDirectory() && !existsSync(join(inner.path, '.git'))) return use({ kind: 'missing' });
    if (!found.isFile()) return use({ kind: 'other', problem: problemOf(found) });
    return readFile(inner.path, use);
  } finally {
    inner.close();
  }
}

function readFile<Result>(path: string, use: (entry: Entry) => Result): Result {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  let file: number;
  try {
    file = openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  } catch (cause) {
    return use({ kind: 'other', problem: `cannot be read (${(cause as NodeJS.ErrnoException).code})` });
  }
  try {
    const found = fstatSync(file);
    return found.isFile()
      ? use({ kind: 'file', file, mode: found.mode & 0o777 })
      : use({ kind: 'other', problem: problemOf(found) });
  } finally {
    closeSync(file);
  }
}

function problemOf(found: Stats): string {
  if (found.isDirectory()) return 'is a submodule or another repository';
  if (found.isFIFO()) return 'is a pipe (FIFO)';
  return found.isSocket() ? 'is a socket' : 'is a device';
}

/** Files and links alone, and folders that are empty: what is left of a folder holds files that did not change. */
function removeFrom(target: string, name: string): void {
  const inner = openInnerPath(target, name.replace(/\/$/, ''));
  if (inner === undefined) return;
  try {
    const found = lstatSync(inner.path, { throwIfNoEntry: false });
    if (found?.isDirectory()) removeEmpty(inner.path);
    else if (found !== undefined) unlinkSync(inner.path);
  } finally {
    inner.close();
  }
  if (dirname(name) !== '.') removeEmptyAbove(target, dirname(name));
}

function removeEmptyAbove(target: string, name: string): void {
  const inner = openInnerPath(target, name);
  if (inner === undefined) return;
  try {
    if (lstatSync(inner.path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
    if (!removeEmpty(inner.path)) return;
  } finally {
    inner.close();
  }
  if (dirname(name) !== '.') removeEmptyAbove(target, dirname(name));
}

function removeEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/** What kept it from being copied; undefined where it is there now. */
function copyEntry(entry: Entry, target: string, name: string): string | undefined {
  if (entry.kind === 'missing') return undefined;
  if (entry.kind === 'other') return entry.problem;
  const inner = makeInnerPath(target, name);
  if (inner === undefined) return 'lies below something that is no folder in the checkout';
  try {
    if (entry.kind === 'link') symlinkSync(entry.to, inner.path);
    else copyFile(entry.file, inner.path, entry.mode);
    return undefined;
  } catch (cause) {
    throw new RunError(
      `${name} of the working tree could not be copied for the comparison: ${(cause as Error).message}. It goes to ` +
        'the temporary folder: make room there, or set TMPDIR.',
      { cause },
    );
  } finally {
    inner.close();
  }
}

function copyFile(from: number, path: string, mode: number): void {
  const to = openSync(path, 'wx');
  try {
    readChunks(from, (chunk) => {
      for (let at = 0; at < chunk.length; ) at += writeSync(to, chunk, at);
    });
    // Ours to write in any case: a build may change it.
    fchmodSync(to, mode | 0o600);
  } finally {
    closeSync(to);
  }
}

function addTo(hash: Hash, entry: Entry): void {
  hash.update(`${entry.kind}\0`);
  if (entry.kind === 'link') hash.update(entry.to);
  if (entry.kind === 'other') hash.update(entry.problem);
  if (entry.kind !== 'file') return;
  hash.update(entry.mode & 0o100 ? 'executable\0' : '\0');
  readChunks(entry.file, (chunk) => hash.update(chunk));
}

const chunkBytes = 2 ** 20;

function readChunks(file: number, use: (chunk: Buffer) => void): void {
  const buffer = Buffer.alloc(chunkBytes);
  for (let at = 0; ; ) {
    const bytes = readSync(file, buffer, 0, chunkBytes, at);
    if (bytes === 0) return;
    at += bytes;
    use(buffer.subarray(0, bytes));
  }
}

interface WithoutOutputs {
  readonly kept: readonly string[];
  /** In the folder of the outputs, and written by somebody else. */
  readonly inOutputs: readonly string[];
}

/**
 * Untracked files without what this tool wrote: reports that appear while a comparison runs are no change of the code.
 * All of the folder of the outputs is left out, and elsewhere what is proved to be an output: by a manifest, by the
 * first line of a results file, by the marker of a temporary folder.
 */
function leaveOutOutputs(root: string, out: string, untracked: readonly string[]): WithoutOutputs {
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
function pathInside(root: string, out: string): string | undefined {
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
