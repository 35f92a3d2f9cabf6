import { describeReturned, makeKernel } from '../../catalog/kernel.js';
import type { LoadedKernelEntry } from '../../catalog/kernel-entry.js';
import { messageOf } from '../../catalog/module.js';
import { InputError } from '../../contract/errors.js';
import type { Kernel, KernelPlugin, KernelRef, Work } from '../../contract/kernel.js';
import type { Strategy, StrategyHost, Support } from '../../contract/strategy.js';
import type { At } from './describe.js';
import type { PointDecision, PointQuestion } from './messages.js';

/** Whose word is asked for. */
export interface Deciders {
  readonly kernel: LoadedKernelEntry;
  readonly strategies: readonly { readonly label: string; readonly strategy: Pick<Strategy, 'supports'> }[];
  readonly host: StrategyHost;
}

/**
 * What kernel and strategies say of points, in the process that has imported them. Throws an InputError that names who
 * said something else than the contract has.
 */
export async function decidePoints(
  { kernel, strategies, host }: Deciders,
  points: readonly PointQuestion[],
  at: At = async () => {},
): Promise<PointDecision[]> {
  await at(`kernel ${kernel.id}, in its make() or work()`);
  const made = points.map(({ options, length }) => {
    const all = { ...kernel.plugin.options, ...options };
    const one = makeKernel(kernel.id, kernel.plugin, all);
    return { one, ref: { module: kernel.module, options }, work: workOf(one, length, kernel.id) };
  });
  const supports: Support[][] = points.map(() => []);
  for (const { label, strategy } of strategies) {
    if (strategy.supports === undefined) for (const each of supports) each.push(true);
    else {
      await at(`strategy ${label}, in its supports()`);
      for (const [index, { one, ref }] of made.entries())
        supports[index].push(supportOf(label, strategy, one, kernel.plugin, host, ref));
    }
  }
  return made.map(({ one, work }, index) => ({
    kind: one.kind,
    ...(work === undefined ? {} : { work }),
    supports: supports[index],
  }));
}

/** What a strategy says of a kernel: `false` is a no without a reason. Throws an InputError for what is no answer. */
export function supportOf(
  label: string,
  strategy: Pick<Strategy, 'supports'>,
  kernel: Kernel,
  plugin: KernelPlugin,
  host: StrategyHost,
  ref: KernelRef,
): Support {
  if (strategy.supports === undefined) return true;
  let said: unknown;
  try {
    said = strategy.supports(kernel, plugin, host, ref);
  } catch (cause) {
    throw new InputError(
      `strategy "${label}": its supports() threw: ${messageOf(cause)}. It must return true or { reason }.`,
      { cause },
    );
  }
  if (said === true || said === undefined) return true;
  if (said === false) return { reason: 'its supports() says no' };
  const { reason } = (said ?? {}) as { readonly reason?: unknown };
  if (typeof reason === 'string') return { reason };
  throw new InputError(
    `strategy "${label}": its supports() returned ${describeReturned(said)}. It must return true or { reason }, at once.`,
  );
}

/** A module in plain JavaScript may lack it, and somebody's plain function does not say. */
function workOf(kernel: Kernel, length: number, id: string): Work | undefined {
  if (typeof kernel.work !== 'function') return undefined;
  let said: Partial<Work> | null | undefined;
  try {
    said = kernel.work(length);
  } catch (cause) {
    throw new InputError(`kernel "${id}": its work(${length}) threw: ${messageOf(cause)}`, { cause });
  }
  const { flops, bytes } = said ?? {};
  return Number.isFinite(flops) && Number.isFinite(bytes)
    ? { flops: Number(flops), bytes: Number(bytes) }
    : undefined;
}
