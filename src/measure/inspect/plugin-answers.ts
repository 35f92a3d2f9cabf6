import { basename } from 'node:path';
import { InputError } from '../../contract/errors.js';
import type { Kernel, KernelPlugin, KernelRef, Work } from '../../contract/kernel.js';
import type { Scenario } from '../../contract/scenario.js';
import type { Strategy, StrategyHost, Support } from '../../contract/strategy.js';
import type { KernelTraits, StrategyDescription } from '../../plugins/find.js';
import {
  describeReturned,
  type LoadedKernelEntry,
  loadKernelPlugin,
  makeKernel,
} from '../../plugins/kernel.js';
import { messageOf } from '../../plugins/module.js';
import { importScenario } from '../../plugins/scenario.js';
import { importStrategy } from '../../plugins/strategy.js';
import type { v } from '../../results/valid.js';
import {
  kernelSchema,
  type PointDecision,
  type PointQuestion,
  type Read,
  read,
  scenarioSchema,
  strategySchema,
} from './messages.js';

/** Whose word is asked for. */
interface Deciders {
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

/*
 * What plug-ins say of themselves, as plain data. Each function throws an InputError that names file and field.
 */

/** Says what it is about to do with which plug-in. */
export type At = (what: string) => Promise<void>;

export async function describeScenario(module: string, at: At): Promise<Scenario> {
  const name = nameOf('scenario', module);
  await at(`${name}, while it was imported`);
  return plain(scenarioSchema, await reading(name, importScenario(module)), name);
}

export async function describeStrategy(module: string, at: At): Promise<StrategyDescription> {
  const name = nameOf('strategy', module);
  await at(`${name}, while it was imported`);
  return plain(strategySchema, await reading(name, importStrategy(module)), name);
}

export async function describeKernel(module: string, at: At): Promise<KernelTraits> {
  const name = nameOf('kernel', module);
  await at(`${name}, while it was imported`);
  const traits = async () => {
    const { title, options, split, agree, calibrate, calibrated } = await loadKernelPlugin(module);
    const said = calibrated === undefined ? {} : { calibrated };
    return { title, options, split, agree, calibrates: calibrate !== undefined, ...said };
  };
  return plain(kernelSchema, await reading(name, traits()), name);
}

/** A getter or a proxy may throw whenever it is looked at. */
async function reading<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${name}: it cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** As a user would name it. */
export function nameOf(kind: string, module: string): string {
  return `${kind} ${basename(decodeURIComponent(new URL(module).pathname))}`;
}

/** A copy that holds what the schema knows, and nothing else. */
export function plain<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  name: string,
): v.InferOutput<Schema> {
  let result: Read<v.InferOutput<Schema>>;
  try {
    result = read(schema, value);
  } catch (cause) {
    // A getter may throw.
    throw new InputError(`${name}: it cannot be read: ${messageOf(cause)}`, { cause });
  }
  if (result.success) return result.output;
  throw new InputError(`${name}: ${result.problem}. Correct that field.`);
}
