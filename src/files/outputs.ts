import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import { InputError, RunError } from '../contract/errors.js';
import { findOwnedFolders, makeOwnedFolder, removeOwnedFolder } from './owned-folder.js';
import { checkPinnedFolder, openPinnedFolder, pinNewFolder } from './pinned-folders.js';
import { makeInnerPath, type OpenFolder, openInnerPath } from './remove-tree.js';

/** One output: a path relative to its folder, with forward slashes, and the whole content. */
export type OutputFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly bytes: Uint8Array };

/** In each folder that outputs were written to: what they are, so that a later rebuild replaces these and nothing else. */
export const manifestName = '.breakeven-outputs.json';
const manifestFormat = 'breakeven-outputs';
const stagingPurpose = 'writing';

/** Path to the digests (sha256, hex) that our own content of it has or had. */
type Listed = ReadonlyMap<string, readonly string[]>;

interface Manifest {
  readonly files: Listed;
  /** Folders that were made for the outputs, as paths: only these are removed when nothing is in them any more. */
  readonly folders: readonly string[];
}

/**
 * Writes the outputs of a report into a folder, in place of those that an earlier one listed in the folder's manifest.
 * They are written beside, then moved in one by one. A file that the manifest does not list, or that was edited since,
 * is not ours: nothing is written, and the InputError names it, and says with `instead` what to do. Throws a RunError
 * where the name leads to another folder than when the command first looked at it.
 */
export function replaceOutputs(name: string, files: readonly OutputFile[], instead: string): void {
  const folder = openPinnedFolder(name);
  try {
    replaceIn(folder, name, files, instead);
    checkPinnedFolder(name);
  } finally {
    folder.close();
  }
}

function replaceIn(folder: OpenFolder, name: string, files: readonly OutputFile[], instead: string): void {
  const at = folder.path;
  const { files: before, folders } = readManifest(at);
  const now: Listed = new Map(files.map((file) => [file.path, [digestOf(contentOf(file))]]));
  checkOnlyOurs(at, name, now, before, instead);
  removeDeadStaging(at);
  const staging = makeOwnedFolder(stagingPurpose, folder);
  try {
    for (const [index, file] of files.entries())
      writeFileSync(join(staging.path, `${index}`), contentOf(file), { flush: true });
    const putManifest = (manifest: Manifest) => {
      writeFileSync(join(staging.path, 'manifest'), textOfManifest(manifest), { flush: true });
      renameSync(join(staging.path, 'manifest'), join(at, manifestName));
    };
    const kept = new Set([...folders, ...missingFolders(at, files)]);
    // Should this be cut off from here on, the old and the new are both known to be ours.
    putManifest({ files: joined(before, now), folders: [...kept] });
    for (const [index, { path }] of files.entries())
      moveIn(join(staging.path, `${index}`), folder, path, name);
    for (const path of before.keys()) if (!now.has(path)) removeListed(folder, path, before);
    putManifest({ files: now, folders: removeEmpty(at, [...kept]) });
  } finally {
    staging.remove();
  }
}

/** No folder on the way may have become a link since it was looked at. */
function moveIn(from: string, folder: OpenFolder, path: string, name: string): void {
  const inner = makeInnerPath(folder, path);
  if (inner === undefined)
    throw new RunError(
      `${path} in ${name} cannot be written: something on the way to it is no folder any more. Move that away, then try again.`,
    );
  try {
    renameSync(from, inner.path);
  } finally {
    inner.close();
  }
}

/**
 * Throws an InputError, as `replaceOutputs` would, where outputs that are not made yet will not be written: one of these
 * paths is taken by a file that is not ours, or an earlier output was edited. For asking before anything is measured.
 */
export function checkOutputPlaces(folder: string, paths: readonly string[], instead: string): void {
  const { files: before } = readManifest(folder);
  const now: Listed = new Map([...paths, ...before.keys()].map((path) => [path, []]));
  checkOnlyOurs(folder, folder, now, before, instead);
}

/** Removes the outputs that a folder's manifest lists, but for those that were edited, and then the manifest. */
export function removeOutputs(name: string): void {
  if (readManifest(name).files.size === 0) return;
  const folder = openPinnedFolder(name);
  try {
    const { files: before, folders } = readManifest(folder.path);
    for (const path of before.keys()) removeListed(folder, path, before);
    removeEmpty(folder.path, folders);
    unlinkSync(join(folder.path, manifestName));
  } finally {
    folder.close();
  }
}

/**
 * As `replaceOutputs`, in two steps: texts before the pictures that they are about, whose drawing may end the process. A
 * text that no manifest lists may turn out to be the same in the end, and is left until then.
 */
export async function replaceTextsFirst(
  folder: string,
  texts: readonly OutputFile[],
  makeAll: () => Promise<readonly OutputFile[]>,
  instead: string,
): Promise<void> {
  pinNewFolder(folder);
  const { files: listed } = readManifest(folder);
  if (texts.every(({ path }) => listed.has(path) || !existsSync(join(folder, path))))
    replaceOutputs(folder, texts, instead);
  replaceOutputs(folder, await makeAll(), instead);
}

/** Of a process that was killed while it wrote here. */
function removeDeadStaging(folder: string): void {
  for (const { path, purpose, owner } of findOwnedFolders(folder))
    if (purpose === stagingPurpose && owner === 'dead') removeOwnedFolder(path);
}

/** Paths of the outputs in a folder, by its manifest. */
export function listOutputs(folder: string): ReadonlySet<string> {
  return new Set(readManifest(folder).files.keys());
}

function checkOnlyOurs(at: string, name: string, now: Listed, before: Listed, instead: string): void {
  const foreign = [...now.keys()].filter((path) => isForeign(at, path, [now, before]));
  if (foreign.length === 0) return;
  const listed = foreign.some((path) => before.has(path));
  throw new InputError(
    `${foreign.slice(0, 3).join(', ')}${foreign.length > 3 ? ` and ${foreign.length - 3} more` : ''} in ${name} ` +
      `${listed ? 'was changed since breakeven wrote it' : 'was not written by breakeven'}, and nothing is written over it. ${instead}`,
  );
}

function isForeign(folder: string, path: string, known: readonly Listed[]): boolean {
  const parts = path.split('/');
  // A folder on the way that is a link or a file leads to what is not ours.
  const parents = parts.slice(1).map((_, index) => join(folder, ...parts.slice(0, index + 1)));
  const odd = parents.some((each) => lstatSync(each, { throwIfNoEntry: false })?.isDirectory() === false);
  if (odd) return true;
  const digest = digestAt(folder, path);
  return digest !== undefined && !known.some((listed) => listed.get(path)?.includes(digest));
}

/** Undefined where nothing is; of what is no regular file, a word that is no digest. */
function digestAt(folder: string, path: string): string | undefined {
  const at = join(folder, path);
  const found = lstatSync(at, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isFile() ? digestOf(readFileSync(at)) : 'no regular file';
}

/** Of an earlier report, and not of this one: a chart that is not drawn any more would pass for its own. */
function removeListed(folder: OpenFolder, path: string, before: Listed): void {
  if (isForeign(folder.path, path, [before])) return;
  const inner = openInnerPath(folder, path);
  try {
    if (inner !== undefined && lstatSync(inner.path, { throwIfNoEntry: false }) !== undefined)
      unlinkSync(inner.path);
  } finally {
    inner?.close();
  }
}

/** Those on the way to the outputs that are not there yet. */
function missingFolders(folder: string, files: readonly OutputFile[]): string[] {
  const all = files.flatMap(({ path }) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(all)].filter((path) => !existsSync(join(folder, path)));
}

/** Removes folders that are empty, inner ones first. Returns those that are left. */
function removeEmpty(folder: string, folders: readonly string[]): string[] {
  const innerFirst = [...folders].sort((a, b) => b.length - a.length);
  return innerFirst.filter((path) => {
    try {
      rmdirSync(join(folder, path));
      return false;
    } catch {
      // Something is in it, or it is no folder any more.
      return lstatSync(join(folder, path), { throwIfNoEntry: false }) !== undefined;
    }
  });
}

function joined(a: Listed, b: Listed): Listed {
  const paths = new Set([...a.keys(), ...b.keys()]);
  return new Map([...paths].map((path) => [path, [...(a.get(path) ?? []), ...(b.get(path) ?? [])]]));
}

/** Empty where there is none, or where what is there cannot be a manifest of ours. */
function readManifest(folder: string): Manifest {
  const empty = { files: new Map(), folders: [] };
  const at = join(folder, manifestName);
  if (lstatSync(at, { throwIfNoEntry: false })?.isFile() !== true) return empty;
  try {
    const { format, files, folders } = JSON.parse(readFileSync(at, 'utf8')) as Record<string, unknown>;
    if (format !== manifestFormat || typeof files !== 'object' || files === null) return empty;
    const listed = Object.entries(files).filter(
      ([path, digests]) => isInside(path) && Array.isArray(digests),
    );
    const made = Array.isArray(folders) ? folders.map(String).filter((path) => isInside(path)) : [];
    return { files: new Map(listed), folders: made };
  } catch {
    return empty;
  }
}

function textOfManifest({ files, folders }: Manifest): string {
  const document = {
    format: manifestFormat,
    files: Object.fromEntries(files),
    ...(folders.length === 0 ? {} : { folders }),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** A manifest that somebody edited must not lead out of its folder. */
function isInside(path: string): boolean {
  const parts = path.split(/[\\/]/);
  const isPossible = path.length <= mostPathLength && parts.every(({ length }) => length <= mostNameLength);
  return isPossible && !isAbsolute(path) && normalize(path) === path && !parts.includes('..');
}

/** Longer ones no file system here takes, and asking for one throws. */
const [mostNameLength, mostPathLength] = [255, 2_000];

function contentOf(file: OutputFile): string | Uint8Array {
  return 'text' in file ? file.text : file.bytes;
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
