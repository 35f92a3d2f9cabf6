import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../contract/errors.js';
import { judgeLiveness, type ProcessIdentity, readOwnIdentity } from '../files/identity.js';
import { readRegularFile } from '../files/read-file.js';

const lockName = 'results.lock';

/** Held while a process writes a run's results file. */
export interface Lock {
  release(): void;
}

/** Others may take and leave the lock between two looks at it, but not so often: then something else is wrong. */
const mostTries = 50;

/** A lock of ours has some two hundred bytes. */
const mostBytes = 10_000;

/**
 * Takes the one right to write in a run's folder. A lock whose process is gone (SIGKILL) is taken over. Throws a RunError
 * where its process is still at work, where nobody here can tell whether it is, and where what stands there is no lock.
 */
export function lockRun(folder: string): Lock {
  const path = join(folder, lockName);
  return takeLock(path, (holder, liveness) => inUse(folder, path, holder, liveness));
}

/** The same with a lock of any path; `held` makes the error where somebody has it, or may have it. */
export function takeLock(
  path: string,
  held: (holder: ProcessIdentity, liveness: 'alive' | 'unknown') => Error,
): Lock {
  const mine = `${JSON.stringify(readOwnIdentity())}\n`;
  for (let tries = 0; tries < mostTries; tries++) {
    if (putLock(path, mine)) return { release: () => release(path, mine) };
    const found = readHolder(path);
    if (found === undefined) continue;
    const liveness = judgeLiveness(found.holder);
    if (liveness !== 'dead') throw held(found.holder, liveness);
    takeAway(path, found.text, held);
  }
  throw new RunError(
    `${path} could not be taken: it was there and gone again ${mostTries} times. Nothing was written. See whether ` +
      'another program changes it; then remove it and try again.',
  );
}

/** Whole or not at all: a lock that was cut off would name nobody. False where somebody else's is there. */
function putLock(path: string, content: string): boolean {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = openSync(draft, 'wx');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return linkOrWrite(draft, path, content);
  } finally {
    rmSync(draft, { force: true });
  }
}

function linkOrWrite(draft: string, path: string, content: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  try {
    // A file system without hard links.
    writeFileSync(path, content, { flag: 'wx', flush: true });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function release(path: string, mine: string): void {
  try {
    if (readRegularFile(path, mostBytes).toString() === mine) rmSync(path, { force: true });
  } catch {
    // It is gone, or somebody else's by now.
  }
}

/** Undefined where it is gone again. Throws a RunError where what stands there is no lock, or nobody here may read it. */
function readHolder(path: string): { readonly text: string; readonly holder: ProcessIdentity } | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile()) throw noLock(path, stat.isDirectory() ? 'it is a folder' : 'it is no regular file');
  let text: string;
  try {
    text = readRegularFile(path, mostBytes).toString();
  } catch (cause) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    throw noLock(path, (cause as Error).message);
  }
  const holder = holderIn(text);
  if (holder === undefined) throw noLock(path, 'what it holds names no process');
  return { text, holder };
}

function noLock(path: string, because: string): RunError {
  return new RunError(
    `${path} is where a run keeps its lock, and it cannot be read as one: ${because}. Nothing was written. See that no ` +
      'run is measuring there, then remove it and try again.',
  );
}

function holderIn(text: string): ProcessIdentity | undefined {
  // As earlier versions wrote it: pid and start alone, which mean something on one machine only.
  const [, pid, start] = /^(\d{1,10}) (\d{1,20})$/.exec(text) ?? [];
  if (pid !== undefined) return { ...readOwnIdentity(), pid: Number(pid), start };
  try {
    const found = JSON.parse(text) as Partial<ProcessIdentity> | null;
    const isWhole =
      typeof found?.pid === 'number' &&
      [found.start, found.boot, found.pidNamespace].every((each) => typeof each === 'string');
    return isWhole ? (found as ProcessIdentity) : undefined;
  } catch {
    return undefined;
  }
}

function inUse(
  folder: string,
  path: string,
  { pid }: ProcessIdentity,
  liveness: 'alive' | 'unknown',
): RunError {
  return new RunError(
    liveness === 'alive'
      ? `process ${pid} is measuring in ${folder} at this moment. Nothing was written. Wait until it ends; then ` +
          '--resume goes on with what it left, if anything.'
      : `process ${pid} may be measuring in ${folder}: in another container or on another machine, where nobody here can ` +
          `look, or before this machine was restarted. Nothing was written. Remove ${path} if it is not, and try again.`,
  );
}

/** Of two processes that find the same dead lock only one can move it; a living one moved by mistake goes back. */
function takeAway(path: string, text: string, held: Parameters<typeof takeLock>[1]): void {
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw cause;
  }
  const moved = readHolder(aside);
  const isAnother = moved !== undefined && moved.text !== text;
  if (isAnother) linkSync(aside, path);
  rmSync(aside, { force: true });
  if (isAnother) throw held(moved.holder, 'alive');
}
