import { type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DataSource } from '../contract/scenario.js';
import { DataError } from './data-error.js';

/**
 * The absolute path of a data file: relative to the working folder, a `file:` URL, or inside an npm package.
 * Throws a DataError where there is no such file, package or a folder in its place.
 */
export function locate(source: DataSource): string {
  const path =
    source.package === undefined ? plainPath(source.file) : pathInPackage(source.file, source.package);
  const stats = statOf(path);
  if (stats === undefined) {
    const inPackage = source.package === undefined ? '' : ` in the package ${source.package}`;
    throw new DataError(source.file, `there is no such file${inPackage} (looked for ${path})`);
  }
  if (stats.isDirectory()) throw new DataError(source.file, `is a folder; name one file in it (${path})`);
  return path;
}

function plainPath(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : resolve(file);
}

/**
 * Looks through node_modules folders itself: `require.resolve` asks the package's `exports`, which hide data files and
 * package.json. From this module upwards first (our own dependencies), then from the user's folder.
 */
function pathInPackage(file: string, name: string): string {
  const froms = [import.meta.url, pathToFileURL(join(process.cwd(), 'index.js')).href];
  const folders = froms.flatMap((from) => createRequire(from).resolve.paths(name) ?? []);
  const root = folders.map((folder) => join(folder, name)).find((path) => statOf(path)?.isDirectory());
  if (root === undefined) {
    throw new DataError(file, `its package ${name} is not installed; run: npm install ${name}`);
  }
  const path = resolve(root, file);
  if (!path.startsWith(root + sep)) throw new DataError(file, `lies outside the package ${name}`);
  return path;
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
