import { openChannel } from '../../process/channel.js';
import type { Outcome } from '../../results/format.js';
import { live } from '../cell/life.js';
import type { CellOrder } from '../order.js';

/** One cell of the order, as soon as it is measured. */
interface ResidentMessage {
  readonly cell: string;
  readonly outcome: Outcome;
}

/* Entry of the process that measures several cells of one strategy and kernel in turn, each in the resident account alone. */
openChannel<readonly CellOrder[]>(async (orders, say) => {
  const { signal } = new AbortController();
  for (const order of orders) {
    const outcome = await live({ ...order, only: 'resident' }, signal, () => {}).catch(crashed);
    await say({ cell: order.cell, outcome } satisfies ResidentMessage);
  }
  // A strategy may have left handles open: they must not keep the process.
  process.exit(0);
});

function crashed(cause: unknown): Outcome {
  return { status: 'crashed', message: cause instanceof Error ? cause.message : String(cause) };
}
