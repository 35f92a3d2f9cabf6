import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineStrategy, sharedPool } from 'breakeven';
import { largestMemory } from './wasm-simd.memory.js';
import wasmEngine, { sharedTwin } from './wasm-simd-threads.engine.js';
import { wasmRoom } from './wasm-simd-threads.room.js';
import { RoomKeeper } from './worker-threads-shared.rooms.js';
import { sharedSession } from './worker-threads-shared.session.js';

/** As worker-threads-shared, with two numbers per instruction on every thread, in shared WebAssembly memory. */
export default defineStrategy({
  title: 'WebAssembly SIMD on threads',
  family: 'threads',
  fillsMemoryBandwidth: true,
  style: { colour: '#117733', marker: 'plus', dash: 'dash-dot', hollow: true },
  // Input and outputs, in shared memory.
  footprint: { columns: 2, run: { columns: 0 } },
  supports(kernel, { title }) {
    if (kernel.kind === 'wait' || !kernel.wasm)
      return { reason: `"${title}" has no WASM SIMD twin: a kernel names one as \`wasm: { module: href }\`` };
    const twin = fileURLToPath(sharedTwin(kernel.wasm.module));
    if (existsSync(twin)) return true;
    return {
      reason:
        `"${title}" has no WASM twin for shared memory: build ${basename(twin)} beside its ${basename(kernel.wasm.module)} ` +
        '(asc … --enable threads --sharedMemory)',
    };
  },
  async open(request) {
    const { kernel } = request;
    if (kernel.kind === 'wait' || !kernel.wasm)
      throw new TypeError('wasm-simd-threads needs a kernel with a WASM SIMD twin');
    const engineModule = new URL('./wasm-simd-threads.engine.js', import.meta.url).href;
    const pool = await sharedPool({ ...request, engine: wasmEngine(kernel), engineModule });
    const rooms = new RoomKeeper(wasmRoom, Math.floor(largestMemory / 16) - 16_384);
    return sharedSession({ ...request, kernel, pool, rooms });
  },
});
