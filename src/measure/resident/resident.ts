import { fileURLToPath } from 'node:url';
import { parentSide } from '../../process/channel.js';
import { runProgram } from '../../process/program.js';
import type { CellHeader, CellRecord, Outcome } from '../../results/format.js';
import { outcomeSchema } from '../../results/record.js';
import { v } from '../../results/valid.js';
import type { Clock } from '../measure.js';
import type { Plan } from '../plan.js';

const main = fileURLToPath(new URL('./main.js', import.meta.url));

/** One cell of the order, as soon as it is measured. */
const messageSchema = v.object({ cell: v.string(), outcome: outcomeSchema });

export interface ResidentOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Off where answers are too large to be looked through in the time there is, and rank nobody. */
  readonly verify?: boolean;
}

/**
 * Cells of a plan in the resident account alone, once each. Those of one strategy share a process, since to start one
 * takes longer than what is measured in it; strategies do not, since code that has seen both lists and typed arrays is
 * slow with either. What a process had not reached by the plan's limit, or when it ended, has no record.
 */
export async function measureResident(
  plan: Plan,
  cells: readonly CellHeader[],
  { clock, signal, verify = true }: ResidentOptions,
): Promise<CellRecord[]> {
  const records: CellRecord[] = [];
  const beganMs = clock.nowMs();
  for (const strategy of new Set(cells.map((cell) => cell.strategy))) {
    if (signal.aborted) break;
    const own = cells.filter((cell) => cell.strategy === strategy);
    const orders = own.map(({ id }) => ({ ...plan.order(id), verify: verify && plan.order(id).verify }));
    const heapMegabytes = Math.max(...orders.map((order) => order.heapMegabytes));
    const parent = parentSide();
    const expected = new Set(own.map(({ id }) => id));
    let startedMs = clock.nowMs();
    await runProgram({
      command: [process.execPath, '--expose-gc', `--max-old-space-size=${heapMegabytes}`, main],
      message: parent.first(orders),
      deadlineMs: plan.header.limitMs,
      signal,
      onMessage: (message) => {
        const said = v.safeParse(messageSchema, parent.bodyOf(message));
        // Each cell is heard of once.
        if (!said.success || !expected.delete(said.output.cell)) return;
        const { cell } = said.output;
        const outcome = said.output.outcome as Outcome;
        const nowMs = clock.nowMs();
        records.push({
          type: 'cell',
          cell,
          round: 0,
          only: 'resident',
          order: records.length,
          startedMs: startedMs - beganMs,
          elapsedMs: nowMs - startedMs,
          outcome,
        });
        startedMs = nowMs;
      },
    });
  }
  return records;
}
