import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOwnedFolder, type OwnedFolder } from '../../files/owned-folder.js';
import { wouldLeave } from '../../process/group.js';

/** Memory that looks like a folder (Linux): what passes between programs should not meet a disk. */
const memoryFolder = '/dev/shm';

/** Of this much more than was asked for, so that the last byte of a disk is not ours. */
const spareBytes = 2 ** 20;

/** Neither memory nor the temporary folder has room. The message begins as the system's own does, and names both. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
}

/** Files of one session, in memory where there is room for them, else in the folder for temporary files. */
export interface Scratch {
  /** A path for a file of so many bytes, of which nothing is written yet. Throws NoRoom. */
  file(name: string, bytes: number): string;
  remove(): void;
}

export function makeScratch(parents: readonly string[] = [memoryFolder, tmpdir()]): Scratch {
  const folders = new Map<string, OwnedFolder>();
  const remove = () => {
    for (const folder of folders.values()) folder.remove();
    folders.clear();
    process.off('exit', remove);
  };
  process.on('exit', remove);
  return {
    file: (name, bytes) => {
      const parent = parents.find((each) => {
        const folder = folders.get(each);
        // An earlier file of this name will be written over.
        const again = folder === undefined ? 0 : sizeOf(join(folder.path, name));
        return isWritable(each) && readFreeBytes(each) + again >= bytes + spareBytes;
      });
      if (parent === undefined)
        throw new NoRoom(
          `ENOSPC: ${Math.ceil(bytes / 2 ** 20)} MB for the numbers that pass to and from the program have no room: ${parents.map((each) => `${each} has ${Math.floor(readFreeBytes(each) / 2 ** 20)} MB`).join(', ')}`,
        );
      let folder = folders.get(parent);
      if (folder === undefined) {
        folder = makeOwnedFolder('program', parent);
        wouldLeave({ kind: 'folder', folder: folder.path });
        folders.set(parent, folder);
      }
      return join(folder.path, name);
    },
    remove,
  };
}

/** Bytes that a user may still write in a folder; 0 where there is none, Infinity where the system does not say. */
export function readFreeBytes(folder: string): number {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder);
    // Some network disks and memory file systems without a limit say nothing.
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    return 0;
  }
}

/** 0 where there is no file. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
