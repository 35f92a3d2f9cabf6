import type { Measured, Outcome, WarmRecord } from '../../results/format.js';
import type { CellOrder, ExpectedDigests } from '../order.js';
import { dataAtHome } from './at-home.js';
import { dataHere } from './here.js';
import { type CacheReason, elementKind, Freshener, Inputs, makeInput } from './input.js';
import { spent } from './spent.js';
import { measureResident, measureWarm } from './steady.js';
import type { CellParts } from './timed-session.js';
import { collectEverywhere } from './usage.js';
import { Verifier, WrongAnswer } from './verify.js';

/** How far the cell came: what a time limit that hits it means. */
export type CellProgress =
  | { readonly type: 'started' }
  | { readonly type: 'one-shot'; readonly totalNs: number }
  /** The right answers were computed here: cells that come after need not do it again. */
  | { readonly type: 'expected'; readonly digests: ExpectedDigests };

/** One cell's life: generate, first session, second session, verify. Their order is decided here alone. */
export async function live(
  order: CellOrder,
  signal: AbortSignal,
  say: (progress: CellProgress) => void,
): Promise<Outcome> {
  const input = await spent.on('data', () => makeInput(order));
  const elements = elementKind(order, input);
  const inputs = new Inputs(input);
  const freshener = new Freshener(input);
  const verifier = spent.onAtOnce('checks', () => new Verifier(order, input, freshener));
  try {
    const measured = await measureCell({ order, input, inputs, freshener, verifier, signal }, say);
    const digests = await spent.on('checks', () => verifier.check());
    if (digests !== undefined && order.expected === undefined) say({ type: 'expected', digests });
    return { ...measured, elements };
  } catch (cause) {
    if (cause instanceof WrongAnswer) return { status: 'wrong', message: cause.message };
    throw cause;
  }
}

/** Two sessions: the first one is the one-shot account, the second one has the others. */
async function measureCell(
  parts: CellParts,
  say: (progress: CellProgress) => void,
): Promise<Omit<Measured, 'elements'>> {
  const { order, inputs, verifier } = parts;
  const subject = order.strategy.home === 'program' ? dataAtHome(parts) : dataHere(parts);
  try {
    say({ type: 'started' });
    const baseBytes = await subject.prepare();
    // Until here nothing was on anybody's account: a bound of its time begins here.
    say({ type: 'started' });
    const oneShot = order.only === 'resident' ? undefined : await spent.on('calls', () => subject.first());
    if (oneShot !== undefined) say({ type: 'one-shot', totalNs: oneShot.totalNs });
    const session = await subject.open();
    const request = { order, session, verifier };
    const met =
      oneShot &&
      spent.onAtOnce('data', () => inputs.spread(reasonForCache(order, session), order.sampling.cacheBytes));
    const { copiedBytes } = inputs;
    // What is new would be moved about by the collections of the calls.
    if (copiedBytes > 0) await collectEverywhere();
    let warm: WarmRecord | undefined = oneShot && {
      ...(await measureWarm(request, oneShot.phases.runNs)),
      ...met,
    };
    if (!spent.onAtOnce('checks', () => inputs.gather()) && order.verify)
      throw new WrongAnswer('it changed its input');
    // Read after the last sample, before anything of it is verified. The copies are nobody's but ours.
    let peakBytes: number | undefined;
    const readPeak = async () => {
      peakBytes ??= Math.max(0, (await session.peakBytes()) - copiedBytes);
    };
    const notAsked = whyNotResident(order, session.runs);
    const resident =
      notAsked === undefined
        ? await measureResident(request, readPeak)
        : ({ status: 'not applicable', reason: notAsked } as const);
    await readPeak();
    await spent.on('checks', () => verifier.afterwards(session.everyWay));
    // After memory was read and answers were checked: a trace may hold a span per message.
    if (warm !== undefined)
      warm = { ...warm, ...(await spent.on('traces', async () => session.trace?.(warm as WarmRecord))) };
    await session.close();
    const clocks = session.clocks();
    await subject.end();
    return {
      status: 'measured',
      ...(oneShot && warm && { oneShot, warm }),
      resident,
      peakBytes: peakBytes ?? 0,
      baseBytes,
      ...(clocks && { clocks }),
    };
  } finally {
    await subject.end();
  }
}

/** Why calls get the same data again; undefined where they get copies by turns. One answer at a time leaves no room for more. */
function reasonForCache(
  { cache, runAlone }: CellOrder,
  { isForeign }: { readonly isForeign: boolean },
): CacheReason | undefined {
  if (isForeign) return 'program';
  if (cache === 'warm') return 'asked';
  return runAlone ? 'memory' : undefined;
}

function whyNotResident({ only, runAlone }: CellOrder, runs: boolean): string | undefined {
  if (only === 'warm') return 'the warm account alone was asked for';
  return runAlone && runs
    ? 'data, outputs and answers do not fit into this machine’s memory together'
    : undefined;
}
