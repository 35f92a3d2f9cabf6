import { basename } from 'node:path';
import { InputError } from '../contract/errors.js';
import type { KernelPlugin } from '../contract/kernel.js';
import { type Home, hrefOfFile, looksLikePath, ownHome, packageHref } from './module.js';
import { pluginFiles } from './plugin-files.js';
import { suggest } from './suggest.js';

/** A kernel as it was named. Nothing of it has been imported. */
export interface KernelFile {
  readonly id: string;
  readonly module: string;
}

/** What a kernel says of itself, as plain data. */
export interface KernelTraits
  extends Pick<KernelPlugin, 'title' | 'options' | 'split' | 'agree' | 'calibrated'> {
  /** It measures the machine before a run. */
  readonly calibrates: boolean;
}

export interface KernelEntry extends KernelFile {
  readonly plugin: KernelTraits;
}

/** All kernels that ship with the tool. */
export function shippedKernelFiles(): KernelFile[] {
  const folder = new URL('scenarios/kernels/', packageHref);
  return pluginFiles(folder).map(({ id, href }) => ({ id, module: href }));
}

/** Finds a kernel by id, href or file path. */
export function findKernelFile(name: string, home: Home = ownHome): KernelFile {
  if (name.startsWith('file:')) return { id: idOf(basename(new URL(name).pathname)), module: name };
  if (looksLikePath(name)) return { id: idOf(basename(name)), module: hrefOfFile(name, 'kernel', home) };
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
  return { id: found.id, module: found.href };
}

function idOf(file: string): string {
  return file.replace(/\.[mc]?[jt]s$/, '');
}
