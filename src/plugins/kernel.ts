import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { Kernel, KernelPlugin, KernelRef, Options } from '../contract/kernel.js';
import { findKernelFile, idOf, type KernelFile, shippedKernelFiles } from './find.js';
import { importDefault } from './load-module.js';
import { type Home, messageOf, ownHome } from './module.js';
import { type PlainFunction, wrapPlainFunction } from './plain-function.js';

export interface LoadedKernel {
  readonly plugin: KernelPlugin;
  readonly kernel: Kernel;
  readonly ref: KernelRef;
}

/** Imports a kernel by reference, in whatever thread or process this is, and makes it with the reference's options. */
export async function loadKernel(ref: KernelRef): Promise<LoadedKernel> {
  const plugin = await loadKernelPlugin(ref.module);
  const unknown = Object.keys(ref.options).find((name) => !(name in plugin.options));
  if (unknown !== undefined) {
    throw new InputError(
      `kernel "${plugin.title}" has no option "${unknown}". It has: ${Object.keys(plugin.options).join(', ') || 'none'}.`,
    );
  }
  const options: Options = { ...plugin.options, ...ref.options };
  return {
    plugin,
    kernel: makeKernel(idOf(ref.module), plugin, options),
    ref: { module: ref.module, options },
  };
}

/** Makes a kernel. Throws an InputError that names kernel and options where the plug-in refuses, or makes no kernel. */
export function makeKernel(id: string, plugin: KernelPlugin, options: Options): Kernel {
  const pairs = Object.entries(options).map(([name, value]) => `${name} ${value}`);
  const refused = (why: string, cause?: unknown) =>
    new InputError(
      `kernel "${id}" cannot be made with ${pairs.join(', ') || 'its options'}: ${why}\nMend its make(), or choose other options.`,
      {
        cause,
      },
    );
  let made: Kernel;
  try {
    made = plugin.make(options);
  } catch (cause) {
    throw refused(messageOf(cause), cause);
  }
  const { kind, list, fresh } = (made ?? {}) as Partial<Kernel & { readonly fresh: unknown }>;
  if (kind !== 'map' && kind !== 'reduce' && kind !== 'wait')
    throw refused(
      `its make() returned ${describeReturned(made)}. It must return { kind, list, work }, with kind 'map', 'reduce' or 'wait'.`,
    );
  if (typeof list !== 'function' && typeof fresh !== 'function')
    throw refused('what its make() returned has no function `list`.');
  return made;
}

/** The plug-in of a kernel module: its default export, or a wrapped plain function. */
export async function loadKernelPlugin(href: string): Promise<KernelPlugin> {
  const found = await importDefault(href, 'kernel');
  const file = basename(fileURLToPath(href));
  if (typeof found === 'function') return wrapPlainFunction(found as PlainFunction, nameOf(found) ?? file);
  const wrong = typeof found === 'object' && found !== null ? wrongFields(found) : [];
  if (typeof found === 'object' && found !== null && wrong.length === 0) return found as KernelPlugin;
  const which = wrong.length === 0 ? '' : ` Missing in it or wrong: ${wrong.join(', ')}.`;
  throw new InputError(
    `kernel ${file}: its default export is ${describe(found)}. Export a function \`list => list\` or \`list => number\`, or defineKernel({ title, options, split, agree, make }).${which}`,
  );
}

/** `export default list => …` is called "default" by the language. */
function nameOf({ name }: { readonly name: string }): string | undefined {
  return name === '' || name === 'default' ? undefined : name;
}

/** The fields that a kernel lacks, or that are not what they must be. */
function wrongFields(value: object): string[] {
  const plugin = value as Partial<KernelPlugin>;
  const right: Readonly<Record<string, boolean>> = {
    title: typeof plugin.title === 'string',
    options: typeof plugin.options === 'object' && plugin.options !== null && !Array.isArray(plugin.options),
    split: plugin.split !== undefined && ['elements', 'associative', 'never'].includes(plugin.split),
    agree: plugin.agree === 'exact' || typeof plugin.agree?.ulps === 'number',
    make: typeof plugin.make === 'function',
    calibrate: plugin.calibrate === undefined || typeof plugin.calibrate === 'function',
    calibrated:
      plugin.calibrated === undefined ||
      (typeof plugin.calibrated?.option === 'string' && Number(plugin.calibrated.ns) > 0),
  };
  return Object.keys(right).filter((field) => !right[field]);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object'
    ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
    : `a ${typeof value}`;
}

/** What somebody returned, for a message. */
export function describeReturned(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object' && typeof value !== 'function') return `${typeof value} ${String(value)}`;
  if (typeof (value as PromiseLike<unknown>).then === 'function') return 'a promise';
  return typeof value === 'function'
    ? 'a function'
    : `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`;
}

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
