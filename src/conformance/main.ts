import { leaveReapingToDriver } from '../process/reaper/reaper.js';
import { contractTest, kindOf } from './contract-test.js';
import type { ContractMessage, ContractOrder } from './isolated.js';

/* Entry of the process that runs a contract test: what hangs, blocks or exits there ends nobody else. */
const say = (message: ContractMessage) =>
  new Promise<void>((resolve) => process.send?.(message, () => resolve()));

leaveReapingToDriver();
process.once('message', (order: ContractOrder) => {
  test(order)
    .catch((cause: unknown) =>
      say({ type: 'bad input', message: cause instanceof Error ? cause.message : String(cause) }),
    )
    .then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(1));

async function test({ module, deadlineMs }: ContractOrder): Promise<void> {
  const kind = await kindOf(module);
  await say({ type: 'kind', kind });
  if (kind === 'scenario') return;
  for await (const result of contractTest(module, kind, deadlineMs)) await say({ type: 'result', result });
  await say({ type: 'done' });
}
