import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../contract/errors.js';

/** Can runs be written below this folder? Looks at the nearest folder that exists and makes none. */
export function checkOutFolder(folder: string): void {
  const path = nearestExisting(resolve(folder));
  if (!statSync(path).isDirectory())
    throw new InputError(`--out ${folder} cannot be written: ${path} is a file. Choose another folder.`);
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new InputError(`--out ${folder} cannot be written: ${path} is not yours. Choose another folder.`, {
      cause,
    });
  }
}

/**
 * Makes the folder of a run and returns its name: the id that was wished for, or with a number behind it where two
 * runs began in the same second.
 */
export function claimRunFolder(out: string, scenario: string, run: string): string {
  mkdirSync(join(out, scenario), { recursive: true });
  for (let number = 1; ; number++) {
    const name = number === 1 ? run : `${run}-${number}`;
    try {
      mkdirSync(join(out, scenario, name));
      return name;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
