import { existsSync, realpathSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readJsonFile } from '../files/json-file.js';

/*
 * What a source names, and where it lies, found by reading: nothing is executed. A name in a comment or in a text counts
 * too, as long as there is such a file: one file too many is watched in vain, one too few is a change that nobody sees.
 */

/** Blanks and short comments between words: of bounded length each, so that no text takes a square of its length. */
const gap = String.raw`(?:\s|/\*[^*]{0,300}\*/|//[^\n]{0,300}\n){0,40}`;
const text = String.raw`(['"\`])((?:(?!\1)[^\\\n]){1,1000})\1`;

const named = new RegExp(
  String.raw`\b(?:from|import|require|require\.resolve|import\.meta\.resolve)${gap}(?:\(${gap})?${text}`,
  'g',
);
const besides = new RegExp(String.raw`\bnew${gap}URL${gap}\(${gap}${text}`, 'g');

/** What a plug-in loads by its place. Whatever else it names so may be a file that it writes. */
const loadable = /\.(?:[mc]?[jt]s|wasm|node|json)$/;

/** What `import`, `export … from`, `require` and `new URL` name in a source. */
export function readSpecifiers(source: string): string[] {
  const urls = [...source.matchAll(besides)].map(([, , specifier]) => specifier);
  const names = [...source.matchAll(named)].map(([, , specifier]) => specifier);
  return [
    ...new Set([
      ...names.filter((name) => !name.includes('${')),
      ...urls
        .filter((url) => /^\.{0,2}\//.test(url) || loadable.test(url))
        .filter((url) => loadable.test(url)),
    ]),
  ];
}

/** Where a specifier leads: to files of the project, or to an installed package as a whole. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  /** `folder`: that of its package.json. */
  | { readonly kind: 'package'; readonly name: string; readonly folder: string };

/** Where `specifier` leads from a file, as Node finds it. Empty where there is nothing, or a module of Node itself. */
export function findTargets(specifier: string, from: string): Target[] {
  if (isBuiltin(specifier)) return [];
  if (/^(?:\.{0,2}\/|file:)/.test(specifier)) return targetsAt(pathOf(specifier, from));
  if (specifier.startsWith('#')) return inPackageImports(specifier, from);
  const [, name, rest] = /^((?:@[^/]+\/)?[^/@][^/]*)(\/.*)?$/.exec(specifier) ?? [];
  // Of a URL in a source, as wasm beside it: `new URL('sum.wasm', import.meta.url)`.
  const beside = loadable.test(specifier) ? targetsAt(pathOf(`./${specifier}`, from)) : [];
  return name === undefined ? beside : [...inPackage(name, rest ?? '', from), ...beside];
}

function pathOf(specifier: string, from: string): string | undefined {
  try {
    const url = new URL(specifier, pathToFileURL(from));
    url.search = '';
    url.hash = '';
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** `require` adds endings, and takes a folder for its index. */
const endings = ['', '.js', '.json', '.node', '/index.js', '/index.json'];

function targetsAt(path: string | undefined): Target[] {
  if (path === undefined) return [];
  const file = endings.map((ending) => path + ending).find(isFile);
  if (file === undefined) return existsSync(join(path, 'package.json')) ? entriesOf(path, '') : [];
  return [targetOf(file)];
}

/** A file in an installed package stands for that package. */
export function targetOf(file: string): Target {
  const path = realpathSync(file);
  const [inside] = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/s.exec(path) ?? [];
  if (inside === undefined) return { kind: 'file', path };
  const [, name] = /node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)$/.exec(inside) ?? [];
  return { kind: 'package', name: (name ?? inside).replace('\\', '/'), folder: inside };
}

/** A package in a node_modules above, or the one that the file is in, which may name itself. */
function inPackage(name: string, rest: string, from: string): Target[] {
  for (const folder of foldersAbove(from)) {
    const installed = join(folder, 'node_modules', name);
    if (existsSync(join(installed, 'package.json'))) {
      const real = realpathSync(installed);
      // A linked one is somebody's own code, which changes without its version.
      if (/[/\\]node_modules[/\\]/.test(real)) return [{ kind: 'package', name, folder: real }];
      return entriesOf(real, rest);
    }
  }
  const own = foldersAbove(from).find((folder) => existsSync(join(folder, 'package.json')));
  return own !== undefined && readPackage(own).name === name ? entriesOf(own, rest) : [];
}

function inPackageImports(specifier: string, from: string): Target[] {
  const own = foldersAbove(from).find((folder) => existsSync(join(folder, 'package.json')));
  if (own === undefined) return [];
  return mapped(readPackage(own).imports, specifier).flatMap((to) =>
    to.startsWith('.')
      ? targetsAt(join(own, to))
      : to.startsWith('#')
        ? []
        : findTargets(to, join(own, 'package.json')),
  );
}

/** The files that a package, named with `/rest` or without, may begin with: of all conditions. */
function entriesOf(folder: string, rest: string): Target[] {
  const { exports, main } = readPackage(folder);
  const paths =
    exports === undefined || exports === null
      ? [rest === '' ? (typeof main === 'string' ? main : 'index.js') : `.${rest}`]
      : mapped(isConditions(exports) ? { '.': exports } : exports, `.${rest}`);
  return paths
    .map((path) => join(folder, path))
    .flatMap((path) => {
      const file = endings.map((ending) => path + ending).find(isFile);
      return file === undefined ? [] : [targetOf(file)];
    });
}

/** `exports` may be of the one entry alone: then no key of it begins with a dot. */
function isConditions(exports: unknown): boolean {
  return (
    typeof exports !== 'object' ||
    exports === null ||
    !Object.keys(exports).some((key) => key.startsWith('.'))
  );
}

/** What `exports` or `imports` have under a key, for all conditions; the best fitting pattern with a star counts. */
function mapped(map: unknown, key: string): string[] {
  if (typeof map !== 'object' || map === null) return [];
  const entries = Object.entries(map);
  const exact = entries.find(([name]) => name === key);
  if (exact !== undefined) return leavesOf(exact[1]);
  const [pattern, value] =
    entries
      .filter(([name]) => {
        const [start, end, ...more] = name.split('*');
        return end !== undefined && more.length === 0 && key.startsWith(start) && key.endsWith(end);
      })
      .sort(([a], [b]) => b.length - a.length)[0] ?? [];
  if (pattern === undefined) return [];
  const [start, end] = pattern.split('*');
  const star = key.slice(start.length, key.length - end.length);
  return leavesOf(value).map((leaf) => leaf.replaceAll('*', star));
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** A package.json is written by hand. */
const mostBytes = 2 ** 22;

export function readPackage(folder: string): Readonly<Record<string, unknown>> {
  try {
    const value = readJsonFile(join(folder, 'package.json'), mostBytes);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    // Node will say what is wrong with it, where it matters.
    return {};
  }
}

/** The folder of a file and all above it, the nearest first. */
export function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
