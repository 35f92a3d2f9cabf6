import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { isatty } from 'node:tty';

/** Asked at the beginning: what was closed is no terminal any more. */
const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

/**
 * After a terminal was closed: puts the null device in its place. Else Node would try at its end to set the terminal's
 * mode back, fail, and abort the process, exit code and all.
 */
export function replaceLostTerminal(): void {
  for (const descriptor of terminals.splice(0)) {
    try {
      closeSync(descriptor);
      // The lowest free number, which is the one that was just closed.
      openSync(devNull, 'r+');
    } catch {
      // It was closed before.
    }
  }
}
