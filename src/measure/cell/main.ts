import { ProgramError } from '../../plugins/external/exchange.js';
import { resolveSelfBelow } from '../../plugins/load-module.js';
import { openChannel } from '../../process/channel.js';
import { type Leftover, tellOfLeftovers } from '../../process/group.js';
import type { Outcome } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import { lateWarning, overTime } from '../refusal.js';
import { type CellProgress, live } from './life.js';
import { type SpentMs, spent } from './spent.js';

/** What a cell's process says to the driver, which reads it by its own schema. */
type CellMessage =
  | CellProgress
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  /** Where its time went. */
  | { readonly type: 'spent'; readonly ms: SpentMs }
  /** It is up: Node has got the threads that it needs. */
  | { readonly type: 'up' }
  /** Something to end or remove should this process be killed. */
  | { readonly type: 'leftover'; readonly leftover: Leftover };

/* Entry of the process that measures one cell. The driver sends the order as the first message. */
openChannel<CellOrder>((order, tell) => {
  const say = (message: CellMessage) => tell(message);
  void say({ type: 'up' });
  if (order.self !== undefined) resolveSelfBelow(order.self);
  tellOfLeftovers((leftover) => void say({ type: 'leftover', leftover }));
  const abort = new AbortController();
  let startedMs: number | undefined;
  let oneShotNs: number | undefined;
  const onLate = (message: unknown) => {
    if ((message as Partial<typeof lateWarning.message> | null)?.type !== lateWarning.message.type) return;
    abort.abort(new Error(`it had not answered when the cell's ${order.limitMs / 1_000} s were over`));
  };
  process.on('message', onLate);
  const failed = (cause: unknown): Outcome => {
    // Whether it was the strategy or the machine, the driver says.
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
      process.off('message', onLate);
      abort.abort();
      void say({ type: 'spent', ms: spent.soFar });
      return say({ type: 'outcome', outcome });
    })
    // A strategy may have left handles open: they must not keep the process.
    .then(() => process.exit(0));
});

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
