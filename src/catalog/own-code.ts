import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestFile } from '../files/read-file.js';
import { packageHref } from './module.js';

/** What runs: not types, not tests, not what was compiled here from C. */
const runs = /\.(?:m?js|wasm|py|c|h|json)$/;
const shipsNot = /\.test\.js$|[/\\](?:testing|__pycache__|node_modules)(?:[/\\]|$)/;

export interface OwnFile {
  readonly path: string;
  /** From the folder of built code, with '/'. */
  readonly name: string;
  readonly sha256: string;
}

/** What a cell runs, and what starts it. Another report, or another planner, measures nothing else. */
const folders = [
  ...['contract', 'dictionary', 'catalog', 'workers', 'process', 'programs', 'measure', 'files'].map(
    (name) => `src/${name}`,
  ),
  'strategies',
  'scenarios',
];

/** The files of this tool that take part in measuring, from its own folder of built code: sorted. */
export function readOwnCode(): OwnFile[] {
  const root = fileURLToPath(packageHref);
  return [join(root, 'src/index.js'), ...folders.flatMap((folder) => filesBelow(join(root, folder)))]
    .sort()
    .map((path) => ({ path, name: nameOwnFile(path), sha256: digestFile(path) }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (shipsNot.test(path.slice(fileURLToPath(packageHref).length - 1))) return [];
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && runs.test(entry.name) ? [path] : [];
  });
}

/** One digest of all of them, SHA-256 in hex: a build of the same sources has the same. */
export function digestOwnCode(files: readonly OwnFile[] = readOwnCode()): string {
  const hash = createHash('sha256');
  for (const { name, sha256 } of files) hash.update(`${name} ${sha256}\n`);
  return hash.digest('hex');
}

/** From the folder of built code, with '/'. */
function nameOwnFile(path: string): string {
  return relative(fileURLToPath(packageHref), path).split(sep).join('/');
}
