import { resolveSelfBelow } from '../../catalog/module.js';
import { type Leftover, tellOfLeftovers } from '../../process/leftovers.js';
import { ProgramError } from '../../programs/error.js';
import type { Outcome } from '../../results/format.js';
import type { CellOrder } from '../order.js';
import { type CellProgress, live } from './life.js';

/** What a cell's process says to the driver. */
export type CellMessage =
  | CellProgress
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  /** Something to end or remove should this process be killed. */
  | { readonly type: 'leftover'; readonly leftover: Leftover };

/* Entry of the process that measures one cell. The driver sends the order as the first message. */
const say = (message: CellMessage) =>
  new Promise<void>((resolve) => process.send?.(message, () => resolve()));

process.once('message', (order: CellOrder) => {
  if (order.self !== undefined) resolveSelfBelow(order.self);
  tellOfLeftovers((leftover) => void say({ type: 'leftover', leftover }));
  const abort = new AbortController();
  live(order, abort.signal, (progress) => void say(progress))
    .catch((cause: unknown): Outcome => {
      abort.abort();
      return { status: 'crashed', message: describe(cause) };
    })
    .then((outcome) => say({ type: 'outcome', outcome }))
    // A strategy may have left handles open: they must not keep the process.
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));

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
