import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of one run outside the reports; gone when the run ends, in whatever way. */
export interface TemporaryFolder {
  /** Makes it when it is first asked for. */
  path(): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  let made: string | undefined;
  const remove = () => {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    made = undefined;
    process.off('exit', remove);
  };
  return {
    path: () => {
      if (made === undefined) {
        made = mkdtempSync(join(tmpdir(), 'breakeven-'));
        // A second Ctrl-C ends the process without passing by any `finally`.
        process.on('exit', remove);
      }
      return made;
    },
    remove,
  };
}
