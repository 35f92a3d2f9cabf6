import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError, RunError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { pinWayTo } from '../files/pinned-folders.js';
import { shellWord } from '../files/shell.js';
import { headerProblem, type JournalLine, lineProblem, type RunHeader } from './format.js';
import { lockRun } from './lock.js';
import { mostLineBytes, type WrittenLines, watchRounds } from './reader.js';
import { checkOnlyOurs, checkStillThere, writeAgainIfGone } from './rescue.js';

export const resultsFileName = 'results.ndjson';

/** The results file while it is written: one line per finished cell, on disk before the next cell starts. */
export interface Journal {
  readonly path: string;
  /** The command that goes on with the run should it be cut off. */
  readonly goOn?: string;
  /** Throws a RunError where the line cannot be kept; the lines before it stay. */
  append(line: JournalLine): void;
  close(): void;
}

/**
 * Creates the run's folder and its results file, with the header as first line. Throws where they cannot be written.
 * `goOn`: the command that goes on with the run should it be cut off; absent for that of `bench`.
 */
export function createJournal(folder: string, header: RunHeader, goOn?: string): Journal {
  makeFolder(folder);
  const path = join(folder, resultsFileName);
  const lock = lockRun(folder);
  try {
    // 'wx': two runs never write one file.
    const journal = journalOn({ file: openSync(path, 'wx+'), path, goOn }, 0, lock.release);
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
export function reopenJournal(
  path: string,
  read: Pick<WrittenLines, 'wholeBytes' | 'fileBytes' | 'lines'>,
  goOn?: string,
): Journal {
  const lock = lockRun(dirname(path));
  try {
    const file = openSync(path, 'r+');
    // Looked at again under the lock: between reading and locking another process may have gone on with it.
    if (fstatSync(file).size !== read.fileBytes) {
      closeSync(file);
      throw new RunError(`${path} changed while it was read. Nothing was written: try again.`);
    }
    ftruncateSync(file, read.wholeBytes);
    return journalOn({ file, path, goOn }, read.wholeBytes, lock.release, read.lines);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

interface OpenResults {
  readonly file: number;
  readonly path: string;
  readonly goOn?: string;
}

function journalOn(
  open: OpenResults,
  from: number,
  release: () => void,
  before: readonly JournalLine[] = [],
): Journal {
  const { file, path, goOn } = open;
  pinWayTo(path);
  let bytes = from;
  const skips = watchRounds();
  before.forEach(skips);
  return {
    path,
    goOn: goOnWith(open),
    append: (line) => {
      checkOnlyOurs(file, path, bytes);
      const text = readableText(line, path, bytes, skips);
      try {
        for (let at = 0; at < text.length; ) at += writeSync(file, text, at, text.length - at, bytes + at);
        fsyncSync(file);
      } catch (cause) {
        throw notKept(open, bytes, cause);
      }
      bytes += text.length;
      checkStillThere(file, path, bytes, goOn);
    },
    close: () => {
      try {
        writeAgainIfGone(file, path, bytes);
      } finally {
        closeSync(file);
        release();
      }
    },
  };
}

/**
 * A line as it is written. What the reader would refuse is never written: hours later nobody could get at what was
 * measured. The text itself is read back, since JSON drops and changes what it does not know. Throws an InputError for
 * the header, which comes from what was asked for, and a RunError for any other line.
 */
function readableText(
  line: JournalLine,
  path: string,
  bytes: number,
  skips: (line: JournalLine) => string | undefined,
): Buffer {
  const text = asJson(line);
  const problem =
    typeof text === 'string'
      ? text
      : bytes === 0
        ? headerProblem(JSON.parse(text.toString('utf8')))
        : bodyProblem(JSON.parse(text.toString('utf8')), skips);
  if (problem === undefined && typeof text !== 'string') return text;
  throw bytes === 0
    ? new InputError(
        `what is to be measured cannot be written so that it can be read again: ${problem}. Nothing was measured. ` +
          'Mend that field where the scenario, kernel, strategy or option comes from.',
      )
    : new RunError(
        `a result cannot be kept so that it can be read again: ${problem}. The run stopped, and everything before it ` +
          `is kept in ${path}. That is a fault of breakeven: please report it with this line.`,
      );
}

/** The line, or what stands against it. */
function asJson(line: JournalLine): Buffer | string {
  try {
    const text = Buffer.from(`${JSON.stringify(line)}\n`);
    return text.length > mostLineBytes ? `it has more than ${mostLineBytes} bytes` : text;
  } catch (cause) {
    // A number of any size (BigInt), a circle, a toJSON of somebody's that throws.
    return `JSON does not know a value in it (${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)})`;
  }
}

function bodyProblem(line: unknown, skips: (line: JournalLine) => string | undefined): string | undefined {
  return lineProblem(line) ?? skips(line as JournalLine);
}

/** Half a line helps nobody: the file ends with the last whole one, so that it can be read and resumed. */
function notKept(open: OpenResults, bytes: number, cause: unknown): RunError {
  const { file, path } = open;
  ftruncateSync(file, bytes);
  const { code, message } = cause as NodeJS.ErrnoException;
  const why =
    code === 'ENOSPC' ? 'the disk is full' : code === 'EDQUOT' ? 'your disk quota is used up' : message;
  const kept = `Everything up to the last cell is kept in ${path}.`;
  return new RunError(
    bytes === 0
      ? `${path} cannot be written: ${why}. Nothing was measured. Make room, or name another folder with --out.`
      : `the run cannot go on: ${why}. ${kept} Make room, then go on: ${goOnWith(open)}`,
    { cause },
  );
}

function goOnWith({ path, goOn }: OpenResults): string {
  return goOn ?? `breakeven bench --resume ${shellWord(dirname(path))}`;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else's file is in it.
  }
}
