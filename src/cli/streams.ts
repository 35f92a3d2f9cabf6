import { closeSync, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/*
 * stdout and stderr. A full disk behind a log, a reader that has gone and a terminal that was closed cost what was to
 * be said there, and never a run.
 */

interface Stream {
  readonly stream: NodeJS.WriteStream;
  readonly file: number;
  failure?: NodeJS.ErrnoException;
}

const streams: { readonly out: Stream; readonly err: Stream } = {
  out: { stream: process.stdout, file: 1 },
  err: { stream: process.stderr, file: 2 },
};

/** A window of no size, as some programs open one, is one of the usual size. */
const usualSize = { columns: 80, rows: 24 };

/** Called once, by the program, before anything is said. */
export function guardStreams(): void {
  for (const each of [streams.out, streams.err])
    each.stream.on('error', (cause: NodeJS.ErrnoException) => {
      each.failure ??= cause;
    });
  if (process.stdout.isTTY) {
    takeUsualSize();
    process.stdout.on('resize', takeUsualSize);
  }
  const terminals = [0, 1, 2].filter((file) => isatty(file));
  process.on('exit', () => leaveClosedTerminal(terminals));
}

export function write(to: 'out' | 'err', text: string): void {
  const each = streams[to];
  try {
    // A stream that failed once takes nothing more; the file behind it may: there is room again on the disk.
    if (each.failure === undefined) each.stream.write(text);
    else writeSync(each.file, text);
  } catch (cause) {
    each.failure ??= cause as NodeJS.ErrnoException;
  }
}

/**
 * Why a part of the result could not be said, in words; undefined where all of it was, or where its reader had seen
 * enough (`breakeven … | head`).
 */
export function describeLostResult(): string | undefined {
  const { failure } = streams.out;
  if (failure === undefined || failure.code === 'EPIPE') return undefined;
  return `the result could not be written to stdout: ${failure.message}. What was measured and the report are in their files.`;
}

function takeUsualSize(): void {
  const { stdout } = process;
  if (!(stdout.columns > 0)) stdout.columns = usualSize.columns;
  if (!(stdout.rows > 0)) stdout.rows = usualSize.rows;
}

/**
 * At its end Node sets terminals back, and aborts where one of them is gone. What is another file by then it leaves
 * alone.
 */
function leaveClosedTerminal(terminals: readonly number[]): void {
  for (const file of terminals) {
    if (isatty(file)) continue;
    try {
      closeSync(file);
      // The lowest number that is free: the one that was just closed.
      openSync('/dev/null', 'r+');
    } catch {
      // Nothing is left to do about it.
    }
  }
}
