import * as nodeModule from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../contract/errors.js';
import { messageOf, packageHref, type SelfBelow } from './module.js';
import { initialize, type Resolved, selfFor } from './resolve-self.js';

/*
 * The one place that imports plug-ins. Whatever a plug-in does then happens in the process that asked for it: never in
 * the driver, which must stay alive, answer Ctrl-C and own the exit code.
 */

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

const ownSelf = new URL('../index.js', import.meta.url).href;

/**
 * Imports a module by href. A file outside the package may import `breakeven` although no node_modules near it has
 * one: the first such import registers a resolve hook, which costs tens of milliseconds and is not paid otherwise.
 */
export async function importModule(href: string): Promise<Record<string, unknown>> {
  resolveOwnSelf(href);
  return import(href);
}

function resolveOwnSelf(href: string): void {
  if (selfResolved || href.startsWith(packageHref) || findsOwnSelf(href)) return;
  resolveSelfBelow({ under: '', self: ownSelf });
  selfResolved = true;
}

/** Modules that were found to need no hook: somebody's clock may run when they are imported. */
const findSelf = new Set<string>();

/** A project that has this very tool installed needs no hook. */
function findsOwnSelf(href: string): boolean {
  if (findSelf.has(href)) return true;
  try {
    const found = pathToFileURL(nodeModule.createRequire(href).resolve('breakeven')).href === ownSelf;
    if (found) findSelf.add(href);
    return found;
  } catch {
    return false;
  }
}

/**
 * Loads what `import 'breakeven'` means to these modules, and everything that it loads when it is first used: for
 * whoever is about to take the time of a user's script, in which none of that is the user's.
 */
export async function loadSurface(modules: readonly string[], self = ownSelf): Promise<void> {
  for (const href of modules) if (href.startsWith('file:')) resolveOwnSelf(href);
  // One of another checkout may be from before there was anything to load.
  const { loadPools } = (await import(self)) as { readonly loadPools?: () => Promise<void> };
  await loadPools?.();
}

/** The default export of a plug-in file, or an InputError that names the file and what it should export. */
export async function importDefault(href: string, what: string): Promise<unknown> {
  const file = basename(fileURLToPath(href));
  let exports: Record<string, unknown>;
  try {
    exports = await importModule(href);
  } catch (cause) {
    throw new InputError(
      `${what} ${file} cannot be imported: ${messageOf(cause)}\nMend that file, or name another one.`,
      { cause },
    );
  }
  if (exports.default === undefined) {
    throw new InputError(`${what} ${file} has no default export. Add \`export default …\` to it.`);
  }
  return exports.default;
}
