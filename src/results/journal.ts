import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { RunError } from '../contract/errors.js';
import type { JournalLine, RunHeader } from './format.js';
import { lockRun } from './lock.js';
import type { WrittenLines } from './reader.js';
import { checkOnlyOurs, checkStillThere } from './rescue.js';

export const resultsFileName = 'results.ndjson';

/** The results file while it is written: one line per finished cell, on disk before the next cell starts. */
export interface Journal {
  readonly path: string;
  /** Throws a RunError where the line cannot be kept; the lines before it stay. */
  append(line: JournalLine): void;
  close(): void;
}

/** Creates the run's folder and its results file, with the header as first line. Throws where they cannot be written. */
export function createJournal(folder: string, header: RunHeader): Journal {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, resultsFileName);
  const lock = lockRun(folder);
  try {
    // 'wx': two runs never write one file.
    const journal = journalOn(openSync(path, 'wx+'), path, 0, lock.release);
    try {
      journal.append(header);
    } catch (cause) {
      journal.close();
      rmSync(path, { force: true });
      throw cause;
    }
    return journal;
  } catch (cause) {
    lock.release();
    removeIfEmpty(folder);
    throw cause;
  }
}

/**
 * Opens the results file of a run that was cut off, to go on where its last whole line ends: a torn one behind it is
 * cut away. Throws a RunError while another process writes it.
 */
export function reopenJournal(path: string, read: Pick<WrittenLines, 'wholeBytes' | 'fileBytes'>): Journal {
  const lock = lockRun(dirname(path));
  try {
    const file = openSync(path, 'r+');
    // Looked at again under the lock: between reading and locking another process may have gone on with it.
    if (fstatSync(file).size !== read.fileBytes) {
      closeSync(file);
      throw new RunError(`${path} changed while it was read. Nothing was written: try again.`);
    }
    ftruncateSync(file, read.wholeBytes);
    return journalOn(file, path, read.wholeBytes, lock.release);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

function journalOn(file: number, path: string, from: number, release: () => void): Journal {
  let bytes = from;
  return {
    path,
    append: (line) => {
      checkOnlyOurs(file, path, bytes);
      const text = Buffer.from(`${JSON.stringify(line)}\n`);
      try {
        for (let at = 0; at < text.length; ) at += writeSync(file, text, at, text.length - at, bytes + at);
        fsyncSync(file);
      } catch (cause) {
        throw notKept(file, path, bytes, cause);
      }
      bytes += text.length;
      checkStillThere(file, path, bytes);
    },
    close: () => {
      closeSync(file);
      release();
    },
  };
}

/** Half a line helps nobody: the file ends with the last whole one, so that it can be read and resumed. */
function notKept(file: number, path: string, bytes: number, cause: unknown): RunError {
  ftruncateSync(file, bytes);
  const { code, message } = cause as NodeJS.ErrnoException;
  const why =
    code === 'ENOSPC' ? 'the disk is full' : code === 'EDQUOT' ? 'your disk quota is used up' : message;
  const kept = `Everything up to the last cell is kept in ${path}.`;
  return new RunError(
    bytes === 0
      ? `${path} cannot be written: ${why}. Nothing was measured.`
      : `the run cannot go on: ${why}. ${kept} Make room, then go on: breakeven bench --resume ${dirname(path)}`,
    { cause },
  );
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else's file is in it.
  }
}
