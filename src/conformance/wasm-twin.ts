import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Kernel, List, Wasm } from '../contract/kernel.js';
import type { KernelCase } from './kernel-cases.js';
import { answerOf, expectSame, trialLists } from './kernel-lists.js';
import { ContractBroken } from './result.js';

/** The part of the WebAssembly API that is used here: Node's types leave it to the browser's. */
interface WasmApi {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (source: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WasmApi };

/** The WebAssembly twin answers what `list` answers, wherever in memory the numbers lie. */
export const wasmCase: KernelCase = {
  name: 'its WebAssembly twin answers the same',
  applies: ({ kernel }) => (wasmOf(kernel) === undefined ? 'it has none' : true),
  run: async ({ kernel, plugin }) => {
    const wasm = wasmOf(kernel);
    if (wasm === undefined || kernel.kind === 'wait') return;
    const twin = await instantiate(wasm, kernel.kind);
    for (const { name, list } of [...trialLists({ kernel, plugin }), { name: 'no numbers', list: [] }]) {
      const expected = await answerOf(kernel, list);
      // Lists lie one behind another in memory: every second one is not 16-byte aligned.
      for (const offset of [0, 8])
        expectSame(
          plugin,
          `${name}, ${offset} bytes off alignment, in WebAssembly`,
          expected,
          twin(list, offset),
        );
    }
  },
};

/** Answers one list that is put `offset` bytes behind a multiple of 16. */
type Twin = (list: List, offset: number) => ArrayLike<number>;

async function instantiate(wasm: Wasm, kind: 'map' | 'reduce'): Promise<Twin> {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536 });
  const args = wasm.args ?? [];
  let work: unknown;
  try {
    const source = await readFile(fileURLToPath(wasm.module));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(source), { env: { memory } });
    work = instance.exports[kind];
  } catch (cause) {
    throw new ContractBroken(
      `${wasm.module} cannot be instantiated with env.memory alone: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
  if (typeof work !== 'function')
    throw new ContractBroken(`${wasm.module} exports no function \`${kind}\`: a ${kind} kernel needs one`);
  const call = work as (...given: number[]) => number;
  return (list, offset) => {
    const source = 1_024 + offset;
    const target = 65_536 + offset;
    new Float64Array(memory.buffer, source, list.length).set(list);
    const answers = new Float64Array(memory.buffer, target, list.length + 1).fill(Number.NaN);
    if (kind === 'reduce') return [call(source, list.length, ...args)];
    call(source, target, list.length, ...args);
    if (!Number.isNaN(answers[list.length])) throw new ContractBroken('it writes past the end of its output');
    return answers.slice(0, list.length);
  };
}

function wasmOf(kernel: Kernel): Wasm | undefined {
  return kernel.kind === 'wait' ? undefined : kernel.wasm;
}
