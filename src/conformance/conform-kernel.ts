import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Form } from '../contract/dictionary.js';
import type { Kernel, KernelPlugin, KernelRef, List, Options, Wasm } from '../contract/kernel.js';
import { toForm } from '../dictionary/columns.js';
import { difference } from '../dictionary/compare.js';
import { generate } from '../dictionary/generate.js';
import { oneAnswer, reference } from '../measure/cell/expected.js';
import { probe } from '../measure/inspect/probe.js';
import { type LoadedKernel, loadKernel, loadKernelPlugin } from '../plugins/kernel.js';
import { messageOf } from '../plugins/module.js';
import { plainKindOption } from '../plugins/plain-function.js';
import { type Pool, processPool, threadPool } from '../workers/pool.js';
import { pooledSession } from '../workers/pooled-session.js';
import { type CaseResult, ContractBroken, resultOf } from './result.js';

/**
 * The contract test of a kernel plug-in or a plain function. Never rejects; what never returns is for whoever runs it
 * in a process of its own to see.
 */
export async function* conformKernel(module: string): AsyncGenerator<CaseResult> {
  let ref: KernelRef = { module, options: {} };
  const first = await resultOf(
    'it answers a few lists, the same twice, leaves its input alone, and can be imported in a thread',
    async () => {
      const given = await calibrated(module);
      const { plainKind } = await probe({
        type: 'probe',
        kernel: { module, options: given },
        ...tried,
      }).catch(
        // What it throws says what is wrong in a sentence already.
        (cause: Error) => Promise.reject(new ContractBroken(cause.message, { cause })),
      );
      ref = { module, options: plainKind === undefined ? given : { ...given, kind: plainKind } };
    },
  );
  yield first;
  if (first.status === 'failed') return;
  const [loaded, second] = await Promise.all([
    loadKernel(ref),
    loadKernel({ ...ref, module: `${module}?check` }),
  ]);
  for (const each of kernelCases) yield await resultFor(each, loaded, second);
}

const tried = {
  from: 'lists',
  data: {
    kind: 'generated',
    spec: { keys: 3, length: 20, skew: 'equal', values: 'ints', seed: 1 },
  },
} as const;

async function calibrated(module: string): Promise<Options> {
  return (await loadKernelPlugin(module)).calibrate?.() ?? {};
}

async function resultFor(
  { name, applies, run }: KernelCase,
  loaded: LoadedKernel,
  second: LoadedKernel,
): Promise<CaseResult> {
  const reason = applies(loaded);
  return reason === true
    ? resultOf(name, () => run(loaded, second))
    : { case: name, status: 'skipped', reason };
}

interface KernelCase {
  readonly name: string;
  /** `second`: another instance of the module, which no other call has touched. */
  run(loaded: LoadedKernel, second: LoadedKernel): Promise<void>;
  /** true, or why the case means nothing for this kernel. */
  applies(loaded: LoadedKernel): true | string;
}

const always = () => true as const;

const kernelCases: readonly KernelCase[] = [
  { name: 'a second instance of the module answers the same', applies: always, run: sameInSecond },
  { name: 'it fills an output that held something else', applies: fillsOutputs, run: overwritesOutputs },
  { name: 'it takes typed arrays as it takes lists', applies: takesColumns, run: sameFromColumns },
  {
    name: 'worker threads answer the same',
    applies: always,
    run: (...k) => sameInPool('thread', 'lists', ...k),
  },
  {
    name: 'forked processes answer the same',
    applies: always,
    run: (...k) => sameInPool('process', 'lists', ...k),
  },
  { name: 'its figures of work are no less than 0', applies: always, run: sensibleWork },
  {
    name: 'a list may be cut anywhere (split: elements)',
    applies: ({ plugin }) => isSplit(plugin, 'elements'),
    run: cutAnywhere,
  },
  {
    name: 'combine joins the answers of parts (split: associative)',
    applies: ({ plugin }) => isSplit(plugin, 'associative'),
    run: joinParts,
  },
  {
    name: 'its WebAssembly twin answers the same',
    applies: ({ kernel }) => (wasmOf(kernel) === undefined ? 'it has none' : true),
    run: sameInWasm,
  },
];

async function sameInSecond({ kernel, plugin }: LoadedKernel, second: LoadedKernel): Promise<void> {
  for (const { name, list } of trialLists({ kernel, plugin }))
    expectSame(plugin, name, await answerOf(second.kernel, list), await answerOf(kernel, list));
}

async function overwritesOutputs({ kernel, plugin }: LoadedKernel): Promise<void> {
  if (kernel.kind !== 'map') return;
  for (const { name, list } of trialLists({ kernel, plugin })) {
    const out = new Float64Array(list.length).fill(Number.NaN);
    kernel.list(list, out);
    expectSame(plugin, `${name}, into a Float64Array of NaN`, await answerOf(kernel, list), out);
  }
}

async function sameFromColumns({ kernel, plugin }: LoadedKernel): Promise<void> {
  for (const { name, list } of trialLists({ kernel, plugin })) {
    const typed = Float64Array.from(list);
    const answer = await answerOf(kernel, typed);
    expectSame(plugin, `${name}, as Float64Array`, await answerOf(kernel, list), answer);
    if (typed.some((x, i) => !Object.is(x, list[i])))
      throw new ContractBroken('it changed the Float64Array that it was given');
  }
}

/** In a worker the module is imported once more, from its href, and lists come by message. */
async function sameInPool(
  kind: 'thread' | 'process',
  form: Form,
  loaded: LoadedKernel,
  second: LoadedKernel,
): Promise<void> {
  const { kernel, ref, plugin } = loaded;
  const request = { ref, workers: 1 };
  const pool: Pool = await (kind === 'thread'
    ? threadPool(request)
    : processPool({ ...request, serialization: 'json' }));
  try {
    const signal = new AbortController().signal;
    const session = pooledSession(pool, {
      ...{ kernel, ref, split: plugin.split, workers: 1, chunk: 'balanced', options: {}, signal },
    });
    const input = toForm(new Map(trialLists({ kernel, plugin }).map(({ name, list }) => [name, list])), form);
    const answer = await session.run?.(input);
    const problem = difference(await reference(second.kernel, input), answer, plugin.agree);
    if (problem !== undefined) throw new ContractBroken(`in a ${kind} it answers otherwise: ${problem}`);
    const placed = await session.place(input);
    // Twice, with outputs poisoned between: what it answered first must not have been its input.
    for (let pass = 0; pass < 2; pass++) {
      await placed.compute();
      const staged = difference(await reference(second.kernel, input), await placed.collect(), plugin.agree);
      if (staged !== undefined)
        throw new ContractBroken(`in place in a ${kind} it answers otherwise: ${staged}`);
      await placed.poison();
    }
  } finally {
    await pool.close();
  }
}

async function sensibleWork({ kernel }: LoadedKernel): Promise<void> {
  const { flops, bytes } = kernel.work(1_000);
  // NaN: nobody knows how much a plain function does.
  if (flops < 0 || bytes < 0 || typeof flops !== 'number' || typeof bytes !== 'number')
    throw new ContractBroken(
      `work(1000) answers ${JSON.stringify({ flops, bytes })}: give two numbers from 0`,
    );
}

function fillsOutputs({ kernel }: LoadedKernel): true | string {
  return kernel.kind === 'map' && kernel.fresh === undefined ? true : 'it makes its own answers';
}

function takesColumns({ plugin }: LoadedKernel): true | string {
  return plainKindOption in plugin.options && plugin.split === 'never'
    ? 'a plain function is given plain lists where the data starts as lists'
    : true;
}

function isSplit({ split }: KernelPlugin, wanted: KernelPlugin['split']): true | string {
  return split === wanted ? true : `its split is '${split}'`;
}

/** Strategies cut lists anywhere, and take several as one. */
async function cutAnywhere({ kernel, plugin }: LoadedKernel): Promise<void> {
  if (kernel.kind !== 'map')
    throw new ContractBroken(
      `split 'elements' is for maps, and this is a ${kernel.kind}: declare 'associative' or 'never'`,
    );
  await eachCut({ kernel, plugin }, (left, right) => [...left, ...right]);
}

/** The answers of neighbouring parts are joined by `combine`. */
async function joinParts({ kernel, plugin }: LoadedKernel): Promise<void> {
  if (kernel.kind !== 'reduce' || kernel.combine === undefined)
    throw new ContractBroken(
      "split 'associative' needs a reduction with `combine(a, b)`: add it, or declare 'never'",
    );
  const { combine } = kernel;
  await eachCut({ kernel, plugin }, ([left], [right]) => [combine(left, right)]);
}

async function eachCut(
  { kernel, plugin }: Pick<LoadedKernel, 'kernel' | 'plugin'>,
  join: (left: number[], right: number[]) => number[],
): Promise<void> {
  for (const { name, list } of trialLists({ kernel, plugin })) {
    const whole = await answerOf(kernel, list);
    for (const at of [1, list.length >> 1, list.length - 1].filter((cut) => cut > 0 && cut < list.length)) {
      const parts = join(await answerOf(kernel, list.slice(0, at)), await answerOf(kernel, list.slice(at)));
      expectSame(plugin, `${name}, cut at ${at}`, whole, parts);
    }
  }
}

interface TrialList {
  readonly name: string;
  readonly list: number[];
}

/**
 * Lists on which a kernel is tried: lengths around the width of a vector, small ints, doubles, and the numbers that it
 * names as its edges. Others need not be in its domain: a function of somebody's own may loop for ever on NaN.
 */
function trialLists({ kernel, plugin }: Pick<LoadedKernel, 'kernel' | 'plugin'>): TrialList[] {
  const { edges = [] } = plugin;
  // Each list that is waited for takes its time, and no loop over its numbers could go wrong.
  const lengths = kernel.kind === 'wait' ? [1, 9] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100];
  const lists: TrialList[] = lengths.map((length) => ({
    name: `${length} ints`,
    list: numbers(length, 'ints'),
  }));
  lists.push({ name: '37 doubles', list: numbers(37, 'doubles') });
  // Each edge alone: in one sum, NaN would hide all others.
  for (const edge of edges)
    lists.push({
      name: `19 times ${Object.is(edge, -0) ? '-0' : edge}`,
      list: new Array<number>(19).fill(edge),
    });
  return lists;
}

/** The kernel's answer of one list. */
async function answerOf(kernel: Kernel, list: List): Promise<number[]> {
  return Array.from(await oneAnswer(kernel, list));
}

/** Throws ContractBroken where two answers of one list differ by more than the kernel allows. */
function expectSame({ agree }: KernelPlugin, name: string, expected: List, actual: List): void {
  const dictionary = (list: List) => new Map([[name, Array.from(list)]]);
  const problem = difference(dictionary(expected), dictionary(actual), agree);
  if (problem !== undefined) throw new ContractBroken(`its answers differ: ${problem}`);
}

function numbers(length: number, values: 'ints' | 'doubles'): number[] {
  const spec = { keys: 1, length, skew: 'equal', values, seed: length } as const;
  return [...(generate(spec, 'lists').get('key1') ?? [])];
}

/** The part of the WebAssembly API that is used here: Node's types leave it to the browser's. */
interface WasmApi {
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (source: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WasmApi };

/** The WebAssembly twin answers what `list` answers, wherever in memory the numbers lie. */
async function sameInWasm({ kernel, plugin }: LoadedKernel): Promise<void> {
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
}

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
      `${wasm.module} cannot be instantiated with env.memory alone: ${messageOf(cause)}`,
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
