import { readFileSync } from 'node:fs';

/** Reads a file of the system; undefined where there is none (macOS, Windows, a container that hides it). */
export type ReadText = (path: string) => string | undefined;

export const systemFile: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};
