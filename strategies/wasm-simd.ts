import { defineStrategy, type StagedSession } from 'breakeven';
import { wasmSession } from './wasm-simd.session.js';

/** Packs straight into WebAssembly's linear memory, two numbers per instruction, unpacks. */
export default defineStrategy({
  title: 'WebAssembly SIMD',
  family: 'vectorized',
  computesOn: 'wasm',
  turnInShortTrial: 5,
  style: { colour: '#009E73', marker: 'star', dash: 'solid', hollow: true },
  // Input and outputs, in linear memory.
  footprint: { columns: 2, run: { columns: 0 } },
  supports(kernel, { title }) {
    if (kernel.kind !== 'wait' && kernel.wasm) return true;
    return { reason: `"${title}" has no WASM SIMD twin: a kernel names one as \`wasm: { module: href }\`` };
  },
  open({ kernel, split }): StagedSession {
    if (kernel.kind === 'wait' || !kernel.wasm)
      throw new TypeError('wasm-simd needs a kernel with a WASM SIMD twin');
    return wasmSession({ kernel, wasm: kernel.wasm, cuttable: split === 'elements' });
  },
});
