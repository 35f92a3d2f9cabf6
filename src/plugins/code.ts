import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import { digestFile, readRegularFile } from '../files/read-file.js';
import { readManifest } from './external/manifest.js';
import { isProgramHref } from './external/program.js';
import { packageHref, type SelfBelow } from './module.js';
import {
  findTargets,
  foldersAbove,
  readPackage,
  readSpecifiers,
  type Target,
  targetOf,
} from './specifiers.js';

/** A file of the code that is measured. */
export interface CodeFile {
  /** From its project's folder, with '/': never a path of the machine. An installed package is one: `lodash@4.17.21`. */
  readonly file: string;
  /** In hex; of an installed package, of its package.json. */
  readonly sha256: string;
  /** The kernel leads to it. */
  readonly kernel?: true;
  /** Where it lies on this machine. */
  readonly path: string;
}

export interface CodeRoots {
  readonly kernel: string;
  /** Strategies, scenario, and what Node loads before them. */
  readonly others: readonly string[];
  /** What `breakeven` means to plug-ins of another checkout. */
  readonly self?: SelfBelow;
}

interface FoundCode {
  readonly files: readonly CodeFile[];
  /** There is more of it than is followed. */
  readonly isCut: boolean;
}

/** A plug-in that leads to more files of its own than this is watched in part. */
const mostFiles = 2_000;

/** A longer source is generated, and its imports are not looked for. */
const mostSourceBytes = 2 ** 24;

const isSource = (path: string) => /\.[mc]?[jt]s$/.test(path);

/**
 * The files of plug-ins and everything that they import, found by reading them: sorted by name. What ships with this
 * tool is not among them: `digestOwnCode` stands for it.
 */
export function findCode({ kernel, others, self }: CodeRoots): FoundCode {
  const ofKernel = new Set<string>();
  const all = new Map<string, Walked>();
  let isCut = walk([kernel], all, self);
  for (const path of all.keys()) ofKernel.add(path);
  const rest = new Map<string, Walked>(all);
  isCut = walk(others, rest, self) || isCut;
  const names = new Map<string, number>();
  const files = [...rest.values()].flatMap((walked): CodeFile[] => {
    const sha256 = digestUnlessGone(walked.path);
    if (sha256 === undefined) return [];
    const same = names.get(walked.name) ?? 0;
    names.set(walked.name, same + 1);
    const file = same === 0 ? walked.name : `${walked.name} (${same + 1})`;
    return [
      { file, sha256, path: walked.path, ...(ofKernel.has(walked.path) ? { kernel: true as const } : {}) },
    ];
  });
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : 1)), isCut };
}

interface Walked {
  readonly path: string;
  readonly name: string;
}

/** Adds what the hrefs lead to, by path; true where it is too much. */
function walk(hrefs: readonly string[], into: Map<string, Walked>, self: SelfBelow | undefined): boolean {
  for (const href of new Set(hrefs)) {
    for (const root of filesOf(href)) {
      const waiting: Target[] = [targetOf(root)];
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        if (into.size >= mostFiles) return true;
        const path = next.kind === 'file' ? next.path : join(next.folder, 'package.json');
        if (into.has(path) || isOwn(path)) continue;
        if (next.kind === 'package') {
          into.set(path, { path, name: `${next.name}@${readPackage(next.folder).version ?? 'unknown'}` });
          continue;
        }
        into.set(path, { path, name: nameOf(path, root) });
        for (const specifier of specifiersIn(path)) waiting.push(...targetsOf(specifier, path, self));
      }
    }
  }
  return false;
}

/** The file of a module, or those of a program. */
function filesOf(href: string): string[] {
  if (!href.startsWith('file:')) return [];
  const url = new URL(href);
  url.search = '';
  const path = fileURLToPath(url);
  if (!existsSync(path)) return [];
  return isProgramHref(href) ? programFiles(path) : [path];
}

/** The manifest, its sources, the files that its command names, and those below its folder of the same kinds. */
function programFiles(manifestPath: string): string[] {
  const folder = dirname(manifestPath);
  const { command, build } = readManifest(manifestPath);
  const named = [...(build?.sources ?? []), ...command, ...(build?.command ?? [])]
    .map((name) => join(folder, name))
    .filter((path) => path.startsWith(folder + sep) && isFileThere(path));
  const kinds = new Set(named.map((path) => extname(path)).filter((kind) => kind !== ''));
  return [manifestPath, ...new Set([...named, ...filesBelow(folder, kinds, mostFiles)])];
}

function filesBelow(folder: string, kinds: ReadonlySet<string>, most: number): string[] {
  const paths: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (paths.length >= most) break;
    if (/^(?:\.|__pycache__$|node_modules$)/.test(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) paths.push(...filesBelow(path, kinds, most - paths.length));
    else if (entry.isFile() && kinds.has(extname(entry.name))) paths.push(path);
  }
  return paths;
}

function isFileThere(path: string): boolean {
  return existsSync(path) && extname(path) !== '';
}

function specifiersIn(path: string): string[] {
  if (!isSource(path)) return [];
  try {
    return readSpecifiers(readRegularFile(path, mostSourceBytes).toString('utf8'));
  } catch (cause) {
    if (cause instanceof InputError) return [];
    throw cause;
  }
}

/** `breakeven` is the tool that measures, or that of the plug-in's own checkout. */
function targetsOf(specifier: string, from: string, self: SelfBelow | undefined): Target[] {
  if (specifier !== 'breakeven') return findTargets(specifier, from);
  if (self === undefined || !isBelow(from, self.under)) return [];
  const path = fileURLToPath(self.self);
  return existsSync(path) ? [targetOf(path)] : [];
}

function isOwn(path: string): boolean {
  return isBelow(path, packageHref);
}

function isBelow(path: string, href: string): boolean {
  return path.startsWith(fileURLToPath(href));
}

/** From the nearest folder with a package.json or a repository; where there is none, from that of the plug-in. */
function nameOf(path: string, root: string): string {
  const project = foldersAbove(path).find((folder) =>
    ['package.json', '.git'].some((name) => existsSync(join(folder, name))),
  );
  const name = relative(project ?? dirname(root), path)
    .split(sep)
    .join('/');
  return /^\.\.\/\.\.\/|^\//.test(name) ? `…/${basename(path)}` : name;
}

/** Undefined where it may not be read, or has gone since: whoever imports it will hear of it. */
export function digestUnlessGone(path: string): string | undefined {
  try {
    return digestFile(path);
  } catch (cause) {
    if (cause instanceof InputError) return undefined;
    throw cause;
  }
}

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
const ownFolders = [
  ...['contract', 'dictionary', 'workers', 'process', 'plugins', 'measure', 'files'].map(
    (name) => `src/${name}`,
  ),
  'strategies',
  'scenarios',
];

const planners = 'src/measure/planner';

/** The files of this tool that take part in measuring, from its own folder of built code: sorted. */
export function readOwnCode(): OwnFile[] {
  const root = fileURLToPath(packageHref);
  return [join(root, 'src/index.js'), ...ownFolders.flatMap((folder) => ownFilesBelow(join(root, folder)))]
    .sort()
    .map((path) => ({ path, name: nameOwnFile(path), sha256: digestFile(path) }));
}

function ownFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (shipsNot.test(path.slice(fileURLToPath(packageHref).length - 1))) return [];
    if (entry.isDirectory()) return nameOwnFile(path) === planners ? [] : ownFilesBelow(path);
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
