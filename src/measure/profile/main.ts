import type { Session } from '../../contract/strategy.js';
import { resolveSelfBelow } from '../../plugins/load-module.js';
import { openChannel } from '../../process/channel.js';
import { importParts, openRequest, runStages } from '../cell/here.js';
import { makeInput } from '../cell/input.js';
import type { ProfileMessage, ProfileOrder } from './profile.js';

/*
 * Entry of the process that does one cell's work again and again while Node's own profiler looks at all of its threads
 * and children. Nothing is timed here, and nothing verified: that was done in the rounds.
 */
openChannel<ProfileOrder>((order, tell) => {
  const say = (message: ProfileMessage) => tell(message);
  work(order)
    .catch((cause: unknown): ProfileMessage => {
      return { type: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    })
    .then(say)
    // A strategy may have left handles open: they must not keep the process. Its profile is written now.
    .then(() => process.exit(0));
});

async function work({ cell, account, warmupMs, workMs }: ProfileOrder): Promise<ProfileMessage> {
  if (cell.self !== undefined) resolveSelfBelow(cell.self);
  const input = await makeInput(cell);
  const fromUs = nowUs();
  const { strategy, loaded } = await importParts(cell);
  const { signal } = new AbortController();
  const session = await strategy.open(openRequest(cell, loaded, signal));
  try {
    const call = await callOf(session, input, account);
    if (account === 'one-shot') {
      await call();
      await session.close();
      return { type: 'worked', calls: 1, fromUs, toUs: nowUs() };
    }
    await repeat(call, warmupMs);
    const beganUs = nowUs();
    const calls = await repeat(call, workMs);
    return { type: 'worked', calls, fromUs: beganUs, toUs: nowUs() };
  } finally {
    await session.close();
  }
}

async function callOf(
  session: Session,
  input: Parameters<typeof runStages>[1],
  account: ProfileOrder['account'],
): Promise<() => unknown> {
  if (account === 'resident' && 'place' in session) {
    const placed = await session.place(input);
    return () => placed.compute();
  }
  const { run } = session;
  if (run !== undefined) return () => run.call(session, input);
  return () => runStages(session as Extract<Session, { place: unknown }>, input);
}

/** Once at least. Returns how often. */
async function repeat(call: () => unknown, ms: number): Promise<number> {
  const endUs = nowUs() + ms * 1_000;
  let calls = 0;
  do {
    await call();
    calls++;
  } while (nowUs() < endUs);
  return calls;
}

/** The clock of the profiler's samples: monotonic, and one for all processes of the machine. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
