import { closeSync, existsSync, fstatSync, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RunError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { shellWord } from '../files/shell.js';
import { copyBytes } from '../files/write-file.js';

/** Is the file as long as we made it? Looked at before each line, which would stand among somebody else's. */
export function checkOnlyOurs(file: number, path: string, bytes: number): void {
  if (fstatSync(file).size === bytes) return;
  throw new RunError(
    `another program wrote into ${path} during the run, so the run stopped. All cells but the last are in it, up to ` +
      `byte ${bytes}.`,
  );
}

/**
 * Is the open results file still the one at its path? Writing to a deleted file succeeds, and would be lost without a
 * word. A deleted file is written again from the open one; throws a RunError that says so, and how to go on.
 */
export function checkStillThere(file: number, path: string, bytes: number, goOn?: string): void {
  const open = fstatSync(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.ino === open.ino && found.dev === open.dev) return;
  const folder = dirname(path);
  const what = existsSync(folder) ? 'the results file' : 'the folder of the run';
  makeFolder(folder);
  const rescued = found === undefined ? path : join(folder, `results-${process.pid}.ndjson`);
  writeCopy(file, rescued, bytes);
  throw new RunError(
    `${what} (${found === undefined ? folder : path}) was deleted or replaced during the run, so the run stopped. ` +
      `What was measured is written again: ${rescued}. ${adviceFor(path, rescued, goOn)}`,
  );
}

function adviceFor(path: string, rescued: string, goOn: string | undefined): string {
  if (goOn === undefined) return `To go on: breakeven bench --resume ${shellWord(rescued)}`;
  return rescued === path ? `To go on: ${goOn}` : `To go on, move it to ${path}, then: ${goOn}`;
}

/** The open file again, where its name is gone: of two files that one job writes, only one noticed it. */
export function writeAgainIfGone(file: number, path: string, bytes: number): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(dirname(path));
  writeCopy(file, path, bytes);
}

function writeCopy(file: number, path: string, bytes: number): void {
  const copy = openSync(path, 'wx');
  try {
    copyBytes(file, copy, bytes);
    fsyncSync(copy);
  } finally {
    closeSync(copy);
  }
}
