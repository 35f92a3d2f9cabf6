import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReportFile } from './files.js';

/** Writes the outputs of a report into a folder, which is made where it is missing. */
export function writeFiles(files: readonly ReportFile[], folder: string): void {
  for (const file of files) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'text' in file ? file.text : file.bytes);
  }
}
