import type { LoadedKernel } from '../../catalog/kernel.js';
import { loadKernel } from '../../catalog/kernel.js';
import { importStrategy } from '../../catalog/strategy.js';
import type { Dictionary } from '../../contract/dictionary.js';
import type { OpenRequest, Session, Strategy } from '../../contract/strategy.js';
import type { OneShotRecord } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import { isThenable, nowNs } from './clock.js';
import { runStages } from './stages.js';
import { UsageMeter } from './usage.js';

/** What a session needs of the order's modules. */
export interface Parts {
  readonly strategy: Strategy;
  readonly loaded: LoadedKernel;
}

export interface OneShot extends Parts {
  readonly record: OneShotRecord;
  readonly answer: Dictionary;
}

export async function importParts(order: CellOrder): Promise<Parts> {
  const [strategy, loaded] = await Promise.all([
    importStrategy(order.strategy.module),
    loadKernel(order.kernel),
  ]);
  return { strategy, loaded };
}

/**
 * The one-shot account: a complete first session in a process that has started and holds the data. Everything that is
 * imported here for the first time is imported on the clock.
 */
export async function oneShot(order: CellOrder, input: Dictionary, signal: AbortSignal): Promise<OneShot> {
  const usage = new UsageMeter();
  usage.start();
  const t0 = nowNs();
  const { strategy, loaded } = await importParts(order);
  const t1 = nowNs();
  const session = await openSession(strategy, openRequest(order, loaded, signal));
  try {
    const t2 = nowNs();
    const answer = await runOnce(session, input);
    const t3 = nowNs();
    await session.close();
    const t4 = nowNs();
    usage.stop(1);
    const { cpuNs } = await usage.perCall();
    const phases = { importNs: t1 - t0, openNs: t2 - t1, runNs: t3 - t2, closeNs: t4 - t3 };
    return { record: { totalNs: t4 - t0, phases, cpuNs }, answer, strategy, loaded };
  } finally {
    await session.close();
  }
}

export function openRequest(
  order: CellOrder,
  { kernel, ref, plugin }: LoadedKernel,
  signal: AbortSignal,
): OpenRequest {
  return {
    kernel,
    ref,
    split: plugin.split,
    workers: order.workers,
    chunk: order.chunk,
    options: order.strategy.options,
    signal,
  };
}

export async function openSession(strategy: Strategy, request: OpenRequest): Promise<Session> {
  const opening = strategy.open(request);
  return isThenable(opening) ? await opening : opening;
}

/** By `run` where the session has it, else through the stages. */
async function runOnce(session: Session, input: Dictionary): Promise<Dictionary> {
  if (session.run === undefined)
    return (await runStages(session as Extract<Session, { place: unknown }>, input)).answer;
  const running = session.run(input);
  return isThenable(running) ? await running : running;
}
