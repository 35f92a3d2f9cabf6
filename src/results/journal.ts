import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalLine, RunHeader } from './format.js';

export const resultsFileName = 'results.ndjson';

/** The results file while it is written: one line per finished cell, on disk before the next cell starts. */
export interface Journal {
  readonly path: string;
  append(line: JournalLine): void;
  close(): void;
}

/** Creates the run's folder and its results file, with the header as first line. Throws where they cannot be written. */
export function createJournal(folder: string, header: RunHeader): Journal {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, resultsFileName);
  // 'wx': two runs never write one file.
  const file = openSync(path, 'wx');
  const append = (line: JournalLine) => {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  };
  append(header);
  return { path, append, close: () => closeSync(file) };
}
