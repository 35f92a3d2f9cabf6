import { readSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { DataSource } from '../../contract/scenario.js';
import { openRegularFile } from '../../files/read-file.js';
import { DataError } from './data-error.js';
import type { RawData } from './rows.js';

export interface ParquetOrder {
  readonly path: string;
  readonly source: DataSource;
}

/** What a file gave, and what its numbers were found to be (see `NumberReader`). */
export interface ParquetRead extends RawData {
  readonly notFinite: number;
  readonly rounded: number;
  readonly words: readonly (readonly [word: string, count: number])[];
}

export type ParquetMessage =
  | { readonly type: 'progress' }
  | { readonly type: 'read'; readonly data: ParquetRead }
  /** A whole sentence for the user, which begins with the file. */
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'broken'; readonly reason: string };

/** Until the first row group is decoded, and from one to the next. More for a large file, whose groups may be as large. */
const patientMs = 20_000;
const patientMsPerMegabyte = 200;

/** For one decoded row group and the keys. A file whose rows take more is written in groups that are too large. */
const leastHeapMegabytes = 512;
const mostHeapMegabytes = 4_096;
const heapPerMegabyte = 64;

/**
 * Reads a few columns, in a thread of its own: what a damaged file does to its decoder (a loop without an end, arrays
 * without an end) ends that thread alone. Throws a DataError.
 */
export async function readParquet(
  path: string,
  source: DataSource,
  { deadlineMs = 0 }: { readonly deadlineMs?: number } = {},
): Promise<ParquetRead> {
  const megabytes = checkLastBytes(path, source.file) / 2 ** 20;
  const silentMs = deadlineMs || patientMs + patientMsPerMegabyte * megabytes;
  const thread = new Worker(new URL('./parquet-thread.js', import.meta.url), {
    workerData: { path, source } satisfies ParquetOrder,
    execArgv: [],
    resourceLimits: {
      maxOldGenerationSizeMb: Math.min(mostHeapMegabytes, leastHeapMegabytes + heapPerMegabyte * megabytes),
    },
  });
  try {
    return await answerOf(thread, source.file, silentMs);
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker, file: string, silentMs: number): Promise<ParquetRead> {
  return new Promise((resolve, reject) => {
    const refuse = (problem: string, cause?: unknown) => reject(new DataError(file, problem, { cause }));
    const giveUp = () =>
      refuse(
        `cannot be read as parquet: a row group was not decoded within ${silentMs / 1_000} s. Is the file damaged? If not, write it with row groups of a million rows`,
      );
    let timer = setTimeout(giveUp, silentMs);
    const settled = () => clearTimeout(timer);
    thread.on('message', (message: ParquetMessage) => {
      clearTimeout(timer);
      if (message.type === 'progress') timer = setTimeout(giveUp, silentMs);
      else if (message.type === 'read') resolve(message.data);
      else if (message.type === 'broken') refuse(`cannot be read as parquet: ${message.reason}`);
      // It begins with the file, as every DataError does.
      else refuse(message.message.slice(file.length + 2));
    });
    thread.once('error', (cause: NodeJS.ErrnoException) => {
      settled();
      refuse(
        cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? 'cannot be read as parquet: a row group takes too much memory. Is the file damaged? If not, write it with row groups of a million rows'
          : `cannot be read as parquet: ${cause.message}`,
        cause,
      );
    });
    thread.once('exit', () => {
      settled();
      refuse('cannot be read as parquet: the thread that decodes it ended');
    });
  });
}

/** A parquet file keeps its table of contents at the end, then PAR1 again: what a download that broke off lacks. Returns its size. */
function checkLastBytes(path: string, file: string): number {
  const opened = openRegularFile(path, file);
  const tail = Buffer.alloc(4);
  try {
    readSync(opened.file, tail, 0, 4, Math.max(0, opened.bytes - 4));
  } finally {
    opened.close();
  }
  if (opened.bytes < 12 || tail.toString('latin1') !== 'PAR1') {
    throw new DataError(
      file,
      `is cut off after ${opened.bytes} bytes: it does not end with PAR1 as every parquet file does; fetch it again`,
    );
  }
  return opened.bytes;
}
