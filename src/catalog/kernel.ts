import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { Kernel, KernelPlugin, KernelRef, Options } from '../contract/kernel.js';
import { importDefault } from './module.js';
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
  return { plugin, kernel: plugin.make(options), ref: { module: ref.module, options } };
}

/** The plug-in of a kernel module: its default export, or a wrapped plain function. */
export async function loadKernelPlugin(href: string): Promise<KernelPlugin> {
  const found = await importDefault(href, 'kernel');
  const file = basename(fileURLToPath(href));
  if (typeof found === 'function') return wrapPlainFunction(found as PlainFunction, nameOf(found) ?? file);
  if (isKernelPlugin(found)) return found;
  throw new InputError(
    `kernel ${file}: its default export is ${describe(found)}. Export a function \`list => list\` or \`list => number\`, or defineKernel({ title, options, split, agree, make }).`,
  );
}

/** `export default list => …` is called "default" by the language. */
function nameOf({ name }: { readonly name: string }): string | undefined {
  return name === '' || name === 'default' ? undefined : name;
}

function isKernelPlugin(value: unknown): value is KernelPlugin {
  if (typeof value !== 'object' || value === null) return false;
  const plugin = value as Partial<KernelPlugin>;
  return (
    typeof plugin.make === 'function' &&
    typeof plugin.title === 'string' &&
    typeof plugin.options === 'object' &&
    plugin.split !== undefined &&
    ['elements', 'associative', 'never'].includes(plugin.split) &&
    (plugin.agree === 'exact' || typeof plugin.agree?.ulps === 'number')
  );
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object'
    ? `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`
    : `a ${typeof value}`;
}
