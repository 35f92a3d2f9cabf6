import { existsSync } from 'node:fs';
import { makeOwnedFolder, type OwnedFolder } from '../files/owned-folder.js';
import { leaveToReaper } from '../process/reaper/reaper.js';

/** A folder of one run outside the reports; gone when the run ends, in whatever way. */
export interface TemporaryFolder {
  /** Makes it when it is first asked for. */
  path(): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  let made: OwnedFolder | undefined;
  let isGone = () => {};
  const remove = () => {
    made?.remove();
    isGone();
    made = undefined;
    process.off('exit', remove);
  };
  return {
    path: () => {
      // Somebody may have cleaned it away in the middle of the run.
      if (made === undefined || !existsSync(made.path)) {
        isGone();
        made = makeOwnedFolder('run');
        isGone = leaveToReaper({ kind: 'folder', folder: made.path });
        // A second Ctrl-C ends the process without passing by any `finally`.
        process.on('exit', remove);
      }
      return made.path;
    },
    remove,
  };
}
