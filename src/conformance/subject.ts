import type { Kernel, KernelPlugin, KernelRef, Options } from '../contract/kernel.js';
import type { Chunk, Session, Support } from '../contract/strategy.js';
import { supportOf } from '../measure/inspect/plugin-answers.js';
import { type LoadedKernelEntry, loadKernel, shippedKernels } from '../plugins/kernel.js';
import { plainKindOption } from '../plugins/plain-function.js';
import type { LoadedStrategy } from '../plugins/strategy.js';
import type { Census } from './census.js';
import { within } from './result.js';

/** The strategy under test. */
export interface Subject {
  readonly strategy: LoadedStrategy;
  /** Workers that it is given: more than the shortest dictionaries have keys. */
  readonly workers: number;
  /** How long one call may take: generous, since only what hangs is meant. */
  readonly deadlineMs: number;
  readonly census: Census;
  /** The part of the machine that `supports` is told of. */
  readonly host: { readonly usableCores: number; readonly nodeVersion: string };
}

export interface OpenOptions {
  readonly workers?: number;
  readonly chunk?: Chunk;
  readonly signal?: AbortSignal;
}

/** A session and its close, bounded: what hangs in close is reported, not waited for. */
export interface Opened {
  readonly session: Session;
  close(): Promise<void>;
}

export async function openFor(
  { strategy, workers, deadlineMs }: Subject,
  { kernel, ref, plugin }: TrialKernel,
  options: OpenOptions = {},
): Promise<Opened> {
  const request = {
    kernel,
    ref,
    split: plugin.split,
    workers,
    chunk: 'balanced' as const,
    options: strategy.options,
    signal: new AbortController().signal,
    ...options,
  };
  const session = await within<Session>(deadlineMs, 'open', () => strategy.strategy.open(request));
  return { session, close: () => within(deadlineMs, 'close', () => session.close()) };
}

export function supportFor(
  { strategy, host }: Pick<Subject, 'strategy' | 'host'>,
  { kernel, plugin, ref }: TrialKernel,
): Support {
  return supportOf(strategy.label, strategy.strategy, kernel, plugin, host, ref);
}

/** A kernel to try strategies on, as the strategy gets it, and a second instance that knows the right answers. */
export interface TrialKernel {
  readonly name: string;
  readonly ref: KernelRef;
  readonly plugin: KernelPlugin;
  readonly kernel: Kernel;
  readonly check: Kernel;
}

/** Options by whose size a kernel's work grows: as small as they go, since only answers are looked at. */
const smallOptions: Options = { ms: 1, cost: 1, rate: 1 };

/** All kernels that ship, with little work each. */
export async function shippedTrialKernels(): Promise<TrialKernel[]> {
  const entries = await shippedKernels();
  return Promise.all(entries.map((entry) => trialKernel(entry)));
}

/** A plain function that answers short lists with its input itself: no session may write into what it is given so. */
export function ownListKernel(): Promise<TrialKernel> {
  return fixtureKernel('own-list', { [plainKindOption]: 'map' });
}

/** A kernel of the conformance folder, made to go wrong. */
export function fixtureKernel(
  name: 'exits' | 'own-list' | 'throws' | 'waits',
  options: Options = {},
): Promise<TrialKernel> {
  return loadTrial(name, { module: new URL(`./kernels/${name}.js`, import.meta.url).href, options });
}

async function trialKernel({ id, module, plugin }: LoadedKernelEntry): Promise<TrialKernel> {
  const small = Object.entries(smallOptions).filter(([name]) => name in plugin.options);
  return loadTrial(id, { module, options: Object.fromEntries(small) });
}

async function loadTrial(name: string, asked: KernelRef): Promise<TrialKernel> {
  const { kernel, plugin, ref } = await loadKernel(asked);
  const check = await loadKernel({ ...asked, module: `${asked.module}?check` });
  return { name, ref, plugin, kernel, check: check.kernel };
}
