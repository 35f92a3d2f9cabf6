import { dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { replaceFile } from '../files/write-file.js';
import type { ReportFile } from './files.js';

/** Writes the outputs of a report into a folder, which is made where it is missing. Each is there whole or not at all. */
export function writeFiles(files: readonly ReportFile[], folder: string): void {
  for (const file of files) {
    const path = join(folder, file.path);
    makeFolder(dirname(path));
    replaceFile(path, 'text' in file ? file.text : file.bytes);
  }
}
