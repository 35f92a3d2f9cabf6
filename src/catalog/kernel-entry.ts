import { basename } from 'node:path';
import { InputError } from '../contract/errors.js';
import type { KernelPlugin } from '../contract/kernel.js';
import { loadKernelPlugin } from './kernel.js';
import { type Home, hrefOfFile, looksLikePath, ownHome, packageHref } from './module.js';
import { pluginFiles } from './plugin-files.js';
import { suggest } from './suggest.js';

export interface KernelEntry {
  readonly id: string;
  readonly module: string;
  readonly plugin: KernelPlugin;
}

const folder = new URL('scenarios/kernels/', packageHref);

/** All kernels that ship with the tool. */
export async function shippedKernels(): Promise<KernelEntry[]> {
  return Promise.all(
    pluginFiles(folder).map(async ({ id, href }) => ({
      id,
      module: href,
      plugin: await loadKernelPlugin(href),
    })),
  );
}

/** Finds a kernel by id, href or file path. */
export async function findKernel(name: string, home: Home = ownHome): Promise<KernelEntry> {
  if (name.startsWith('file:')) return entryOf(basename(new URL(name).pathname), name);
  if (looksLikePath(name)) return entryOf(basename(name), hrefOfFile(name, 'kernel', home));
  const known = pluginFiles(new URL('scenarios/kernels/', home.packageHref));
  const found = known.find(({ id }) => id === name);
  if (found === undefined) {
    throw new InputError(
      `there is no kernel "${name}".${suggest(
        name,
        known.map(({ id }) => id),
      )}`,
    );
  }
  return entryOf(found.id, found.href);
}

async function entryOf(file: string, module: string): Promise<KernelEntry> {
  return { id: file.replace(/\.[mc]?[jt]s$/, ''), module, plugin: await loadKernelPlugin(module) };
}
