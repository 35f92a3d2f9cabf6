import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError, RunError } from '../contract/errors.js';
import { makeFolder } from '../files/make-folder.js';
import { checkWayTo, pinWayTo } from '../files/pinned-folders.js';

/**
 * Can runs be written below this folder? Asked before anything is measured, by making a folder in the nearest one that
 * exists, and removing it: rights alone say nothing of /proc or of a full disk. From then on it is the folder that it was
 * (see `claimRunFolder`). Throws an InputError, or a RunError where the disk is full.
 */
export function checkOutFolder(folder: string, option = '--out'): void {
  const path = nearestExisting(resolve(folder));
  if (!statSync(path).isDirectory())
    throw new InputError(`${option} ${folder} cannot be written: ${path} is a file. Choose another folder.`);
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new InputError(
      `${option} ${folder} cannot be written: ${path} is not yours. Choose another folder.`,
      {
        cause,
      },
    );
  }
  const probe = join(path, `.breakeven-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(probe);
    rmdirSync(probe);
  } catch (cause) {
    throw notMade(`${option} ${folder}`, cause);
  }
  pinWayTo(join(folder, 'any'));
}

/** A full disk is nobody's input; any other refusal is of the folder that was named. */
function notMade(named: string, cause: unknown): Error {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  const what = `${named} cannot be written: ${message}.`;
  return ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EIO'].includes(code)
    ? new RunError(`${what} Nothing was measured. Make room, or choose another folder.`, { cause })
    : new InputError(`${what} Choose another folder.`, { cause });
}

/** Two runs begin in one second, not a thousand. */
const mostInOneSecond = 1_000;

/**
 * Makes the folder of a run and returns its name: the id that was wished for, or with a number behind it where two
 * runs began in the same second. Throws a RunError where another folder, or a link, has taken the place of `out` since
 * it was looked at.
 */
export function claimRunFolder(out: string, scenario: string, run: string): string {
  checkWayTo(join(out, 'any'));
  try {
    makeFolder(join(out, scenario));
  } catch (cause) {
    throw notMade(`--out ${out}`, cause);
  }
  for (let number = 1; number <= mostInOneSecond; number++) {
    const name = number === 1 ? run : `${run}-${number}`;
    try {
      mkdirSync(join(out, scenario, name));
      return name;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw notMade(`--out ${out}`, cause);
    }
  }
  throw new RunError(
    `${join(out, scenario)} holds ${mostInOneSecond} runs of ${run}: remove some, or choose another folder with --out.`,
  );
}

function nearestExisting(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/**
 * Can this file be written? Asked before what goes into it is measured. Throws an InputError that names the option and says
 * what to do.
 */
export function checkOutFile(file: string, option = '--out'): void {
  const folder = dirname(file);
  const refused = (because: string) => new InputError(`${option} ${file} cannot be written: ${because}`);
  if (!existsSync(folder)) throw refused(`there is no folder ${folder}. Make it first, or choose another.`);
  if (!statSync(folder).isDirectory()) throw refused(`${folder} is a file. Choose another folder.`);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw refused('it is a folder. Name a file in it.');
  if (found?.isFile() === false) throw refused('it is a pipe or a device. Name a regular file.');
  // It is written beside and moved in its place: the folder counts, that of its target where it is a link.
  const target = existsSync(file) ? dirname(realpathSync(file)) : folder;
  try {
    accessSync(target, constants.W_OK | constants.X_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch {
    throw refused(`${target} or the file is not yours. Choose another.`);
  }
}
