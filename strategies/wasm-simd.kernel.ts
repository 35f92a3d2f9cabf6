import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Wasm } from 'breakeven';
import { type Memory, WebAssembly } from './wasm-simd.types.js';

/** A kernel's exports on addresses in linear memory, with its own arguments filled in. */
export interface WasmKernel {
  map(source: number, target: number, length: number): void;
  reduce(source: number, length: number): number;
}

/** Compiles the twin and joins it to a memory. Throws where the module has no function of this kind. */
export function instantiate(wasm: Wasm, kind: 'map' | 'reduce', memory: Memory): WasmKernel {
  return instantiateModule(compile(wasm.module), wasm, kind, memory);
}

export function compile(href: string): object {
  return new WebAssembly.Module(readFileSync(fileURLToPath(href)));
}

export function instantiateModule(
  module: object,
  { module: href, args = [] }: Wasm,
  kind: 'map' | 'reduce',
  memory: Memory,
): WasmKernel {
  const exported = new WebAssembly.Instance(module, { env: { memory } }).exports[kind];
  if (typeof exported !== 'function') throw new TypeError(`${href} does not export a function \`${kind}\``);
  const call = exported as (...numbers: number[]) => number;
  // Without a spread the call itself is compiled to machine code, which matters for lists of 10.
  if (args.length === 0) return { map: call, reduce: call };
  return {
    map: (source, target, length) => void call(source, target, length, ...args),
    reduce: (source, length) => call(source, length, ...args),
  };
}
