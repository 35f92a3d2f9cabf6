import type { EngineModule } from 'breakeven';
import { compile, instantiateModule } from './wasm-simd.kernel.js';
import type { Memory } from './wasm-simd.types.js';

/** What every thread computes with: the kernel's twin for shared memory, one instance per memory. */
const wasmEngine: EngineModule = (kernel) => {
  if (kernel.kind === 'wait' || !kernel.wasm) throw new TypeError('a kernel without a WASM SIMD twin');
  const { kind } = kernel;
  const wasm = { ...kernel.wasm, module: sharedTwin(kernel.wasm.module) };
  const module = compile(wasm.module);
  return ({ input, output, memory }) => {
    const compiled = instantiateModule(module, wasm, kind, memory as Memory);
    const source = input.byteOffset;
    const target = output.byteOffset;
    return {
      map: (from, to) => compiled.map(source + 8 * from, target + 8 * from, to - from),
      reduce: (from, to) => compiled.reduce(source + 8 * from, to - from),
    };
  };
};
export default wasmEngine;

/** A build for shared memory refuses any other, and the reverse: x.wasm has a twin x.shared.wasm beside it. */
export function sharedTwin(href: string): string {
  return href.replace(/\.wasm$/, '.shared.wasm');
}
