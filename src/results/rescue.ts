import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RunError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { leadsWhereItLed } from '../files/pinned-folders.js';
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
 * word. Throws a RunError that says where what was measured is now, and how to go on: where the file was moved, or,
 * since it was deleted, in a copy of what is still open, but never in a folder that took the place of the run's.
 */
export function checkStillThere(file: number, path: string, bytes: number, goOn?: string): void {
  const open = fstatSync(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.ino === open.ino && found.dev === open.dev) return;
  const what = existsSync(dirname(path))
    ? `the results file (${path})`
    : `the folder of the run (${dirname(path)})`;
  const went = `${what} was deleted or replaced during the run, so the run stopped.`;
  const moved = findMoved(file);
  if (moved !== undefined)
    throw new RunError(
      `${went} What was measured is in ${moved}. To go on, move it back to ${path}, then: ${goOn ?? resumeOf(path)}`,
    );
  const rescued = makeCopy(file, path, bytes);
  const move = rescued === path ? '' : `, move it to ${path}, then`;
  const command = goOn ?? resumeOf(rescued);
  throw new RunError(
    `${went} What was measured is written again: ${rescued}. To go on${goOn === undefined ? '' : move}: ${command}`,
  );
}

function resumeOf(path: string): string {
  return `breakeven bench --resume ${shellWord(path)}`;
}

/** Where an open file has its name now, on Linux; undefined where it has none any more. */
function findMoved(file: number): string | undefined {
  const { ino, dev, nlink } = fstatSync(file);
  if (nlink === 0) return undefined;
  try {
    const path = readlinkSync(`/proc/self/fd/${file}`);
    const found = statSync(path);
    return found.ino === ino && found.dev === dev ? path : undefined;
  } catch {
    return undefined;
  }
}

/** At the path itself, where its folders are gone and nobody else's are there instead; else among temporary files. */
function makeCopy(file: number, path: string, bytes: number): string {
  const name = `results-${process.pid}.ndjson`;
  const inPlace = leadsWhereItLed(path);
  const rescued = !inPlace
    ? join(tmpdir(), `breakeven-${randomBytes(4).toString('hex')}-${name}`)
    : existsSync(path)
      ? join(dirname(path), name)
      : path;
  if (inPlace) makeFolder(dirname(path));
  writeCopy(file, rescued, bytes);
  return rescued;
}

/** The open file again, where its name is gone: of two files that one job writes, only one noticed it. */
export function writeAgainIfGone(file: number, path: string, bytes: number): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined || findMoved(file) !== undefined) return;
  if (leadsWhereItLed(path)) makeCopy(file, path, bytes);
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
