import { existsSync } from 'node:fs';

/*
 * The packed file of a run's real data lies in a folder for temporary files, and somebody may clean that up while the
 * run goes on (systemd-tmpfiles, a colleague): it is made again from its source, and what was measured is kept.
 */
interface Kept {
  now: string;
  remake(): Promise<string>;
}

const kept = new Map<string, Kept>();

/** Remembers how a data file is made again, by the path that plans name it with. `remake` resolves to its new path. */
export function keepDataFile(path: string, remake: () => Promise<string>): void {
  kept.set(path, { now: path, remake });
}

/** Where the data file of a plan lies now. Makes it again where it is gone; rejects where that cannot be done. */
export async function findDataFile(path: string): Promise<string> {
  const file = kept.get(path);
  if (file === undefined || existsSync(file.now)) return file?.now ?? path;
  file.now = await file.remake();
  return file.now;
}
