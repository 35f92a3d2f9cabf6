import { type LoadedKernel, loadKernel, loadKernelPlugin } from '../catalog/kernel.js';
import type { KernelRef, Options } from '../contract/kernel.js';
import { probe } from '../measure/inspect/probe.js';
import { type KernelCase, kernelCases } from './kernel-cases.js';
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
