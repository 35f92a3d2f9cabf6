import { basename } from 'node:path';
import { loadKernelPlugin } from '../../catalog/kernel.js';
import type { KernelTraits } from '../../catalog/kernel-files.js';
import { messageOf } from '../../catalog/module.js';
import { importScenario } from '../../catalog/scenario.js';
import { importStrategy } from '../../catalog/strategy.js';
import type { StrategyDescription } from '../../catalog/strategy-files.js';
import { InputError } from '../../contract/errors.js';
import type { Scenario } from '../../contract/scenario.js';
import type { v } from '../../results/valid.js';
import { kernelSchema, type Read, read, scenarioSchema, strategySchema } from './messages.js';

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
