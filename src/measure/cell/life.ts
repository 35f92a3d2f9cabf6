import type { Outcome } from '../../results/format.js';
import { readPeakBytes, resetPeak } from '../../workers/peak-memory.js';
import { workerPeakBytes } from '../../workers/registry.js';
import type { CellOrder } from '../order.js';
import { collectEverywhere } from './garbage.js';
import { elementKind, Freshener, makeInput } from './input.js';
import { oneShot, openRequest, openSession } from './one-shot.js';
import { steady } from './steady.js';
import { Verifier, WrongAnswer } from './verify.js';

/** How far the cell came: what a time limit that hits it means. */
export type CellProgress =
  | { readonly type: 'started' }
  | { readonly type: 'one-shot'; readonly totalNs: number };

/** One cell's life: generate, first session, second session, verify. The only place where their order is decided. */
export async function live(
  order: CellOrder,
  signal: AbortSignal,
  say: (progress: CellProgress) => void,
): Promise<Outcome> {
  const input = makeInput(order);
  const elements = elementKind(input);
  const freshener = new Freshener(input);
  const verifier = new Verifier(order, input, freshener);
  await collectEverywhere();
  resetPeak();
  const baseBytes = process.memoryUsage.rss();

  say({ type: 'started' });
  const first = await oneShot(order, input, signal);
  say({ type: 'one-shot', totalNs: first.record.totalNs });
  verifier.expect(first.loaded.plugin);
  verifier.oneShot(first.answer);
  const session = await openSession(first.strategy, openRequest(order, first.loaded, signal));
  try {
    const guessNs = first.record.phases.runNs;
    const second = await steady({ order, session, input, freshener, verifier, guessNs });
    await verifier.afterwards(session);
    await session.close();
    const peakBytes = readPeakBytes() + workerPeakBytes();
    await verifier.check();
    return { status: 'measured', oneShot: first.record, ...second, peakBytes, baseBytes, elements };
  } catch (cause) {
    if (cause instanceof WrongAnswer) return { status: 'wrong', message: cause.message };
    throw cause;
  } finally {
    await session.close();
  }
}
