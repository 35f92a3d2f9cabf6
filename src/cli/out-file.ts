import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../contract/errors.js';

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
