import { existsSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../contract/errors.js';
import { initialize, type Resolved, selfFor } from './resolve-self.js';

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

/** From Node 22.15 on, and not in the types of Node 20; from 26 on `register` warns on stderr that it will go. */
const { registerHooks } = nodeModule as {
  registerHooks?(hooks: {
    resolve(
      specifier: string,
      context: { readonly parentURL?: string },
      next: (specifier: string, context: object) => Resolved,
    ): Resolved;
  }): void;
};

let hooked = false;
let selfResolved = false;

/** For modules of another checkout: its strategies use its own pools, whoever measures them. */
export function resolveSelfBelow(which: SelfBelow): void {
  if (registerHooks === undefined) {
    nodeModule.register(new URL('./resolve-self.js', import.meta.url), { data: which });
    return;
  }
  if (!hooked)
    registerHooks({ resolve: (name, context, next) => selfFor(name, context) ?? next(name, context) });
  hooked = true;
  initialize(which);
}

/**
 * Imports a module by href. A file outside the package may import `breakeven` although no node_modules near it has
 * one: the first such import registers a resolve hook, which costs tens of milliseconds and is not paid otherwise.
 */
export async function importModule(href: string): Promise<Record<string, unknown>> {
  if (!href.startsWith(packageHref) && !selfResolved) {
    resolveSelfBelow({ under: '', self: new URL('../index.js', import.meta.url).href });
    selfResolved = true;
  }
  return import(href);
}

/** The default export of a plug-in file, or an InputError that names the file and what it should export. */
export async function importDefault(href: string, what: string): Promise<unknown> {
  const file = basename(fileURLToPath(href));
  let exports: Record<string, unknown>;
  try {
    exports = await importModule(href);
  } catch (cause) {
    throw new InputError(`${what} ${file} cannot be imported: ${messageOf(cause)}`, { cause });
  }
  if (exports.default === undefined) {
    throw new InputError(`${what} ${file} has no default export. Add \`export default …\` to it.`);
  }
  return exports.default;
}

/** href of a file named on the command line; throws an InputError where it cannot be a module. */
export function hrefOfFile(path: string, what: string, { folder }: Home = ownHome): string {
  const file = resolve(folder, path);
  if (!existsSync(file)) throw new InputError(`${what} file ${path} does not exist.`);
  if (!statSync(file).isFile()) throw new InputError(`${what} ${path} is a folder; name a file in it.`);
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
