import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** More levels than this are no folder that anybody wants. */
const mostLevels = 256;

/**
 * Makes a folder and those above it that are missing, and returns which it made, outermost first. Level by level:
 * Node's own recursive mkdir turns for ever where the system answers ENOENT for a folder whose parent exists (/proc).
 * Throws what the system says.
 */
export function makeFolder(path: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(path); !isFolder(at); at = dirname(at)) {
    missing.unshift(at);
    if (missing.length > mostLevels || at === dirname(at)) break;
  }
  return missing.filter((each) => {
    try {
      mkdirSync(each);
      return true;
    } catch (cause) {
      // Somebody else made it in the same moment.
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST' && isFolder(each)) return false;
      throw cause;
    }
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
