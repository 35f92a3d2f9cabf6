import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../contract/errors.js';

/** Can this file be written? Asked before what goes into it is measured. Throws an InputError that says what to do. */
export function checkOutFile(file: string): void {
  const folder = dirname(file);
  const refused = (because: string) => new InputError(`--out ${file} cannot be written: ${because}`);
  if (!existsSync(folder)) throw refused(`there is no folder ${folder}. Make it first, or choose another.`);
  if (!statSync(folder).isDirectory()) throw refused(`${folder} is a file. Choose another folder.`);
  const exists = existsSync(file);
  if (exists && statSync(file).isDirectory()) throw refused('it is a folder. Name a file in it.');
  if (exists && !statSync(file).isFile()) throw refused('it is no regular file. Name another one.');
  try {
    accessSync(exists ? file : folder, exists ? constants.W_OK : constants.W_OK | constants.X_OK);
  } catch {
    throw refused(`${exists ? 'the file' : folder} is not yours. Choose another.`);
  }
}
