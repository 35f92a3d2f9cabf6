import { randomBytes } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { RunError } from '../contract/errors.js';
import { judgeLiveness, type Liveness, type ProcessIdentity, readOwnIdentity } from './identity.js';
import { emptyFolder, type OpenFolder, openFolder } from './remove-tree.js';
import { replaceFile } from './write-file.js';

/*
 * Ownership is proved, never inferred from a name: a folder that this tool made holds a marker with a random id, which
 * stands in the folder's name, too, and with the folder's own inode, so that a copy, a renamed folder or a link proves
 * nothing. Only such a folder is ever removed with what is in it.
 */
const markerName = '.breakeven-owner.json';
const prefix = 'breakeven-';
const markerFormat = 'breakeven-owned-folder';

/** Further facts that whoever removes a folder needs, as plain data. */
export type Facts = Readonly<Record<string, unknown>>;

interface Marker {
  readonly format: typeof markerFormat;
  readonly id: string;
  readonly purpose: string;
  readonly inode: number;
  readonly owner: ProcessIdentity;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly facts: Facts;
}

/** A folder of our own, with its marker. */
export interface OwnedFolder {
  /** Absolute, without links. */
  readonly path: string;
  /** Writes further facts into the marker, before what they tell of is made. */
  note(facts: Facts): void;
  remove(): void;
}

/** Proved to be ours by its marker. */
export interface FoundFolder {
  readonly path: string;
  readonly purpose: string;
  readonly owner: Liveness;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly facts: Facts;
}

/**
 * Makes a folder `breakeven-<purpose>-<id>` with its marker, in a folder for temporary files, or in one of outputs that
 * is open. Throws a RunError where the parent does not take it.
 */
export function makeOwnedFolder(
  purpose: string,
  parent: string | OpenFolder = tmpdir(),
  facts: Facts = {},
): OwnedFolder {
  const id = randomBytes(9).toString('hex');
  let path: string;
  let inode: number;
  try {
    path = join(typeof parent === 'string' ? realpathSync(parent) : parent.path, `${prefix}${purpose}-${id}`);
    mkdirSync(path, { mode: 0o700 });
    inode = statSync(path).ino;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it does not exist' : message;
    throw new RunError(
      typeof parent === 'string'
        ? `a folder for temporary files cannot be made in ${parent}: ${why}. Set TMPDIR to a folder that can be written.`
        : `the folder of the outputs cannot be written: ${why}. Make room in it, or allow writing there, and try again.`,
      { cause },
    );
  }
  const createdAt = new Date().toISOString();
  const write = (more: Facts) => {
    const owner = readOwnIdentity();
    const marker: Marker = { format: markerFormat, id, purpose, inode, owner, createdAt, facts: more };
    replaceFile(join(path, markerName), `${JSON.stringify(marker, null, 1)}\n`);
  };
  let kept = facts;
  try {
    write(kept);
  } catch (cause) {
    // Without a marker nobody could tell it later.
    rmdirSync(path);
    throw cause;
  }
  return {
    path,
    note: (more) => {
      kept = { ...kept, ...more };
      write(kept);
    },
    remove: () => {
      removeOwnedFolder(path);
    },
  };
}

/** What the marker proves of a folder; undefined where it proves nothing: then it is somebody else's. */
export function findOwnedFolder(path: string): FoundFolder | undefined {
  const marker = readMarker(path);
  if (marker === undefined) return undefined;
  const { purpose, owner, createdAt, facts } = marker;
  return { path, purpose, owner: judgeLiveness(owner), createdAt, facts };
}

/**
 * Removes a folder that is proved to be ours, without following a link and without leaving its device. False where it
 * is not proved, or something in it could not be removed. A folder that is gone is removed.
 */
export function removeOwnedFolder(path: string): boolean {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return true;
  const marker = readMarker(path);
  const folder = marker && openFolder(path);
  if (marker === undefined || folder === undefined) return false;
  try {
    if (folder.inode !== marker.inode) return false;
    // The proof goes last: should this be cut off, a later start can go on with it.
    if (emptyFolder(folder, markerName).length > 0) return false;
    rmSync(join(folder.path, markerName), { force: true });
  } finally {
    folder.close();
  }
  try {
    rmdirSync(path);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Folders of ours in `parent`, of whatever run: what a start looks through for what dead runs left. */
export function findOwnedFolders(parent = tmpdir()): FoundFolder[] {
  let names: string[];
  try {
    names = readdirSync(parent);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => findOwnedFolder(join(parent, name)) ?? []);
}

function readMarker(path: string): Marker | undefined {
  const folder = openFolder(path);
  if (folder === undefined) return undefined;
  try {
    const at = markerIn(folder.path);
    if (at === undefined) return undefined;
    const marker = JSON.parse(readFileSync(at, 'utf8')) as Partial<Marker> | null;
    const proved =
      marker?.format === markerFormat &&
      typeof marker.id === 'string' &&
      typeof marker.createdAt === 'string' &&
      marker.inode === folder.inode &&
      // Anybody may write a marker: in a shared temporary folder it proves something of our own user's folders alone.
      folder.user === (process.getuid?.() ?? folder.user) &&
      basename(path) === `${prefix}${marker.purpose}-${marker.id}` &&
      isIdentity(marker.owner);
    return proved ? ({ ...marker, facts: marker.facts ?? {} } as Marker) : undefined;
  } catch {
    return undefined;
  } finally {
    folder.close();
  }
}

/** The marker, or its draft where whoever wrote it was killed before it had its name: what is in it proves as much. */
function markerIn(folder: string): string | undefined {
  const names = readdirSync(folder);
  const draft = names.find((name) => name.startsWith(`.${markerName}.`) && name.endsWith('.tmp'));
  const name = names.includes(markerName) ? markerName : draft;
  const at = name === undefined ? undefined : join(folder, name);
  return at !== undefined && lstatSync(at).isFile() ? at : undefined;
}

function isIdentity(value: Partial<ProcessIdentity> | undefined): value is ProcessIdentity {
  return (
    typeof value?.pid === 'number' &&
    [value.start, value.boot, value.pidNamespace].every((each) => typeof each === 'string')
  );
}
