import { resolveSelfBelow } from '../../catalog/load-module.js';
import { openChannel } from '../../process/channel.js';
import { type Leftover, tellOfLeftovers } from '../../process/leftovers.js';
import { ProgramError } from '../../programs/error.js';
import type { Outcome } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import { overTime } from '../over-time.js';
import { type CellProgress, live } from './life.js';

/** What a cell's process says to the driver, which reads it by its own schema. */
type CellMessage =
  | CellProgress
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  /** Something to end or remove should this process be killed. */
  | { readonly type: 'leftover'; readonly leftover: Leftover };

/** So long before the driver would end this process it says itself what it waits for, where its thread is free. */
const earlierMs = 1_000;

/* Entry of the process that measures one cell. The driver sends the order as the first message. */
openChannel<CellOrder>((order, tell) => {
  const say = (message: CellMessage) => tell(message);
  if (order.self !== undefined) resolveSelfBelow(order.self);
  tellOfLeftovers((leftover) => void say({ type: 'leftover', leftover }));
  const abort = new AbortController();
  let startedMs: number | undefined;
  let oneShotNs: number | undefined;
  const late = setTimeout(
    () => abort.abort(new Error(`it had not answered when the cell's ${order.limitMs / 1_000} s were over`)),
    // The driver's time began with this process, not with its order.
    Math.max(order.limitMs / 2, order.limitMs - earlierMs) - performance.now(),
  ).unref();
  const failed = (cause: unknown): Outcome => {
    if (!abort.signal.aborted && isOutOfMemory(cause))
      return { status: 'limit', limit: 'memory', message: `ran out of memory: ${describe(cause)}` };
    if (!abort.signal.aborted) return { status: 'crashed', message: describe(cause) };
    const sinceStartMs = startedMs === undefined ? undefined : performance.now() - startedMs;
    const limit = overTime({ sinceStartMs, oneShotNs }, order.limitMs);
    return cause instanceof ProgramError
      ? { ...limit, message: `${limit.message}: ${cause.message}` }
      : limit;
  };
  live(order, abort.signal, (progress) => {
    if (progress.type === 'started') startedMs = performance.now();
    else if (progress.type === 'one-shot') oneShotNs = progress.totalNs;
    void say(progress);
  })
    .catch(failed)
    .then((outcome) => {
      clearTimeout(late);
      abort.abort();
      return say({ type: 'outcome', outcome });
    })
    // A strategy may have left handles open: they must not keep the process.
    .then(() => process.exit(0));
});

/** What V8 says of buffers that the system refuses, shared ones and a worker's included: the strategy did nothing wrong. */
function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && /Array buffer allocation failed/.test(cause.message);
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // Says all there is to say; the driver's frames would follow.
  if (cause instanceof ProgramError) return cause.message;
  // The stack names the file and line in the strategy; the driver's own frames tell the user nothing.
  const frames = (cause.stack ?? '')
    .split('\n')
    .slice(1, 3)
    .map((line) => line.trim());
  return [`${cause.name}: ${cause.message}`, ...frames].join(' ');
}
