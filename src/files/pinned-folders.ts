import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RunError } from '../contract/errors.js';
import { makeFolder } from './make-folder.js';
import { type OpenFolder, openFolder } from './remove-tree.js';

/*
 * The folder that a name meant when a command first looked at it. Should somebody delete it, move it, or put a link in
 * its place while the command is at work, nothing is written into whatever the name leads to afterwards.
 */
const pinned = new Map<string, string>();

/** From now on this name means the folder that it leads to now. A name that leads to nothing is not pinned yet. */
export function pinFolder(path: string): void {
  const name = resolve(path);
  const identity = readIdentity(name);
  if (identity === undefined) pinned.delete(name);
  else pinned.set(name, identity);
}

/** The same, where it was not pinned before. */
export function pinNewFolder(path: string): void {
  if (!pinned.has(resolve(path))) pinFolder(path);
}

/**
 * Opens a folder to be written into, and makes it where there was none. Throws a RunError where the name was pinned and
 * leads to another folder now, or to none.
 */
export function openPinnedFolder(path: string): OpenFolder {
  if (!pinned.has(resolve(path))) makeFolder(path);
  pinNewFolder(path);
  checkPinnedFolder(path);
  const folder = openFolder(realpathSync(path));
  if (folder !== undefined && identityOf(folder) === pinned.get(resolve(path))) return folder;
  folder?.close();
  throw replaced(path);
}

/** Throws a RunError where a pinned name leads elsewhere now: what was written is not where it will be looked for. */
export function checkPinnedFolder(path: string): void {
  const name = resolve(path);
  if (pinned.has(name) && readIdentity(name) !== pinned.get(name)) throw replaced(path);
}

/** Pins every folder on the way to a path, so that it can be asked later whether a new file there would be in place. */
export function pinWayTo(path: string): void {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    pinFolder(at);
    if (at === dirname(at)) return;
  }
}

/**
 * Throws a RunError where a folder on the way to a path was replaced since it was pinned. What was removed may be made
 * again, and what was not there then is not known.
 */
export function checkWayTo(path: string): void {
  for (let at = dirname(resolve(path)); ; at = dirname(at)) {
    const now = pinned.has(at) ? readIdentity(at) : undefined;
    if (now !== undefined && now !== pinned.get(at)) throw replaced(at);
    if (now !== undefined || at === dirname(at)) return;
  }
}

/** Is what is left of the way to a path still what was pinned? Then what was deleted may be made again there. */
export function leadsWhereItLed(path: string): boolean {
  let at = dirname(resolve(path));
  while (lstatSync(at, { throwIfNoEntry: false }) === undefined && at !== dirname(at)) at = dirname(at);
  return pinned.has(at) && readIdentity(at) === pinned.get(at);
}

function replaced(path: string): RunError {
  return new RunError(
    `${path} was removed, moved or replaced by another folder while this ran, and nothing was written ` +
      'into what is there now. Put the folder back where it was, then try again.',
  );
}

function readIdentity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() ? identityOf({ device: found.dev, inode: found.ino }) : undefined;
}

function identityOf({ device, inode }: Pick<OpenFolder, 'device' | 'inode'>): string {
  return `${device}:${inode}`;
}
