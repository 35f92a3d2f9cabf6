import type { LoadedKernel } from '../catalog/kernel.js';
import { plainKindOption } from '../catalog/plain-function.js';
import type { Form } from '../contract/dictionary.js';
import { toForm } from '../dictionary/columns.js';
import { difference } from '../dictionary/compare.js';
import { reference } from '../measure/cell/expected.js';
import { type Pool, processPool, threadPool } from '../workers/pool.js';
import { pooledSession } from '../workers/pooled-session.js';
import { cutCase, joinCase } from './kernel-cuts.js';
import { answerOf, expectSame, trialLists } from './kernel-lists.js';
import { ContractBroken } from './result.js';
import { wasmCase } from './wasm-twin.js';

export interface KernelCase {
  readonly name: string;
  /** `second`: another instance of the module, which no other call has touched. */
  run(loaded: LoadedKernel, second: LoadedKernel): Promise<void>;
  /** true, or why the case means nothing for this kernel. */
  applies(loaded: LoadedKernel): true | string;
}

const always = () => true as const;

export const kernelCases: readonly KernelCase[] = [
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
  cutCase,
  joinCase,
  wasmCase,
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
