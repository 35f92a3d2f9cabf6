import type { Dictionary } from '../../contract/dictionary.js';
import type { Outcome } from '../../results/format.js';
import { resetPeak } from '../../workers/peak-memory.js';
import type { CellOrder } from '../order.js';
import { collectEverywhere } from './garbage.js';
import { elementKind, Freshener, makeInput } from './input.js';
import { type OneShot, oneShot, openRequest, openSession } from './one-shot.js';
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
  const first = await firstSession(order, input, verifier, signal);
  say({ type: 'one-shot', totalNs: first.record.totalNs });
  const session = await openSession(first.strategy, openRequest(order, first.loaded, signal));
  try {
    const guessNs = first.record.phases.runNs;
    const second = await steady({ order, session, input, freshener, verifier, guessNs });
    await verifier.afterwards(session);
    await session.close();
    await verifier.check();
    return { status: 'measured', oneShot: first.record, ...second, baseBytes, elements };
  } catch (cause) {
    if (cause instanceof WrongAnswer) return { status: 'wrong', message: cause.message };
    throw cause;
  } finally {
    await session.close();
  }
}

/** Its answer is kept by the verifier and must not stay here: the second session would run beside it. */
async function firstSession(
  order: CellOrder,
  input: Dictionary,
  verifier: Verifier,
  signal: AbortSignal,
): Promise<Omit<OneShot, 'answer'>> {
  const { answer, ...first } = await oneShot(order, input, signal);
  verifier.expect(first.loaded.plugin);
  verifier.oneShot(answer);
  return first;
}
