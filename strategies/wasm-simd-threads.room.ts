import { largestMemory } from './wasm-simd.memory.js';
import { WebAssembly } from './wasm-simd.types.js';
import { type Room, roomBytes } from './worker-threads-shared.rooms.js';

const pageBytes = 65_536;

/** The first page stays free for the constants of a module. */
const firstAddress = pageBytes;

/** A room in a shared memory of its own, which ends at 4 GiB; nothing where it does not fit or the system refuses. */
export function wasmRoom(inputs: number, outputs: number): Room | undefined {
  const { outputAt, bytes } = roomBytes(inputs, outputs);
  const pages = Math.ceil((firstAddress + bytes) / pageBytes);
  if (pages * pageBytes > largestMemory) return undefined;
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    return {
      memory,
      input: new Float64Array(memory.buffer, firstAddress, inputs),
      output: new Float64Array(memory.buffer, firstAddress + outputAt, outputs),
    };
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}
