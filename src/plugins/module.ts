import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../contract/errors.js';
import { openRegularFile } from '../files/read-file.js';

/** The package's own folder in dist; `src`, `strategies` and `scenarios` lie below it. */
export const packageHref = new URL('../../', import.meta.url).href;

/** Where names are looked up: another checkout's, when two of them are compared. */
export interface Home {
  /** The folder of built plug-ins that ids stand for, with a slash at its end. */
  readonly packageHref: string;
  /** What paths are relative to. */
  readonly folder: string;
}

export const ownHome: Home = { packageHref, folder: '.' };

/** `import 'breakeven'` in modules whose href begins with `under` means the module `self`. */
export interface SelfBelow {
  readonly under: string;
  readonly self: string;
}

/** href of a file named on the command line; throws an InputError where it cannot be a module. */
export function hrefOfFile(path: string, what: string, { folder }: Home = ownHome): string {
  const file = resolve(folder, path);
  // Looked at here: an import of a FIFO would wait for its writer for ever.
  openRegularFile(file, `${what} file ${path}`).close();
  // Node 22.10 to 22.17 know the feature and have it switched off.
  const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);
  if (/^\.[mc]?ts$/.test(extname(file)) && !stripsTypes) {
    throw new InputError(`${what} ${path} is TypeScript: compile it, or use Node 22.18 or newer.`);
  }
  return pathToFileURL(file).href;
}

/** Is it a path rather than the id of something in the catalog? */
export function looksLikePath(name: string): boolean {
  return /[/\\]/.test(name) || /\.[mc]?[jt]s$/.test(name);
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The tool's version, from its own package.json. */
export function toolVersion(): string {
  const path = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
