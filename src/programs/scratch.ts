import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOwnedFolder } from '../files/owned-folder.js';
import { wouldLeave } from '../process/leftovers.js';

/** Memory that looks like a folder (Linux): what passes between programs should not meet a disk. */
const memoryFolder = '/dev/shm';

/** A folder for the files of one session. */
export interface Scratch {
  file(name: string): string;
  remove(): void;
}

export function makeScratch(): Scratch {
  const folder = makeOwnedFolder('program', isWritable(memoryFolder) ? memoryFolder : tmpdir());
  const remove = () => {
    folder.remove();
    process.off('exit', remove);
  };
  process.on('exit', remove);
  wouldLeave({ kind: 'folder', folder: folder.path });
  return { file: (name) => join(folder.path, name), remove };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
