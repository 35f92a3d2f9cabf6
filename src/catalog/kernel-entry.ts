import type { KernelPlugin } from '../contract/kernel.js';
import { loadKernelPlugin } from './kernel.js';
import { findKernelFile, type KernelFile, shippedKernelFiles } from './kernel-files.js';
import { type Home, ownHome } from './module.js';

/** A kernel that has been imported, in the process that is to run it. */
export interface LoadedKernelEntry extends KernelFile {
  readonly plugin: KernelPlugin;
}

/** All kernels that ship with the tool. */
export async function shippedKernels(): Promise<LoadedKernelEntry[]> {
  return Promise.all(shippedKernelFiles().map(loaded));
}

/** A kernel by id, href or file path, imported. */
export async function findKernel(name: string, home: Home = ownHome): Promise<LoadedKernelEntry> {
  return loaded(findKernelFile(name, home));
}

async function loaded(file: KernelFile): Promise<LoadedKernelEntry> {
  return { ...file, plugin: await loadKernelPlugin(file.module) };
}
