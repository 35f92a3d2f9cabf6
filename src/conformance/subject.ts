import type { LoadedStrategy } from '../catalog/strategy.js';
import type { Chunk, Session, Support } from '../contract/strategy.js';
import { supportOf } from '../measure/inspect/plugin-answers.js';
import type { Census } from './census.js';
import { within } from './deadline.js';
import type { TrialKernel } from './trial-kernel.js';

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
