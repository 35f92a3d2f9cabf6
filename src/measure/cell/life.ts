import type { Dictionary } from '../../contract/dictionary.js';
import type { Measured, OneShotRecord, Outcome } from '../../results/format.js';
import { resetPeak } from '../../workers/meters.js';
import type { CellOrder, ExpectedDigests } from '../order.js';
import { measureAtHome } from './at-home.js';
import { elementKind, Freshener, makeInput } from './input.js';
import { importParts, oneShot, openRequest, openSession, type Parts } from './one-shot.js';
import { residentSeries, steady } from './steady.js';
import { tracedCall } from './traced.js';
import { collectEverywhere } from './usage.js';
import { Verifier, WrongAnswer } from './verify.js';

/** How far the cell came: what a time limit that hits it means. */
export type CellProgress =
  | { readonly type: 'started' }
  | { readonly type: 'one-shot'; readonly totalNs: number }
  /** The right answers were computed here: cells that come after need not do it again. */
  | { readonly type: 'expected'; readonly digests: ExpectedDigests };

/** What a cell is measured with, whoever computes. */
export interface CellParts {
  readonly order: CellOrder;
  readonly input: Dictionary;
  readonly freshener: Freshener;
  readonly verifier: Verifier;
  readonly signal: AbortSignal;
}

/** One cell's life: generate, first session, second session, verify. Their order is decided here alone. */
export async function live(
  order: CellOrder,
  signal: AbortSignal,
  say: (progress: CellProgress) => void,
): Promise<Outcome> {
  const input = await makeInput(order);
  const elements = elementKind(order, input);
  const freshener = new Freshener(input);
  const verifier = new Verifier(order, input, freshener);
  await collectEverywhere();
  resetPeak();
  const baseBytes = process.memoryUsage.rss();

  say({ type: 'started' });
  const parts = { order, input, freshener, verifier, signal };
  try {
    const measured =
      order.strategy.home === 'program'
        ? await measureAtHome(parts, say)
        : { ...(await measureHere(parts, say)), baseBytes };
    const digests = await verifier.check();
    if (digests !== undefined && order.expected === undefined) say({ type: 'expected', digests });
    return { ...measured, elements };
  } catch (cause) {
    if (cause instanceof WrongAnswer) return { status: 'wrong', message: cause.message };
    throw cause;
  }
}

/** Two sessions of a strategy whose data is in this process. */
async function measureHere(
  { order, input, freshener, verifier, signal }: CellParts,
  say: (progress: CellProgress) => void,
): Promise<Omit<Measured, 'elements' | 'baseBytes'>> {
  const { strategy, loaded, record } = await firstSession(order, input, verifier, signal);
  if (record !== undefined) say({ type: 'one-shot', totalNs: record.totalNs });
  const session = await openSession(strategy, openRequest(order, loaded, signal));
  const request = { order, session, input, freshener, verifier };
  try {
    const accounts =
      record === undefined
        ? await residentSeries(request, 'place' in session ? session : undefined)
        : { oneShot: record, ...(await steady({ ...request, guessNs: record.phases.runNs })) };
    await verifier.afterwards(session);
    // After memory was read and answers were checked: a trace may hold a span per message.
    const warm =
      'warm' in accounts ? { ...accounts.warm, ...(await tracedCall(request, accounts.warm)) } : undefined;
    await session.close();
    const clocks = session.clocks?.();
    return {
      status: 'measured',
      ...accounts,
      ...(warm && { warm }),
      ...(clocks === undefined ? {} : { clocks }),
    };
  } finally {
    await session.close();
  }
}

/**
 * Its answer is kept by the verifier and must not stay here: the second session would run beside it. No record where
 * the resident account alone is asked for.
 */
async function firstSession(
  order: CellOrder,
  input: Dictionary,
  verifier: Verifier,
  signal: AbortSignal,
): Promise<Parts & { readonly record?: OneShotRecord }> {
  if (order.only === 'resident') {
    const parts = await importParts(order);
    verifier.expect(parts.loaded.plugin);
    return parts;
  }
  const { answer, ...first } = await oneShot(order, input, signal);
  verifier.expect(first.loaded.plugin);
  verifier.oneShot(answer);
  return first;
}
