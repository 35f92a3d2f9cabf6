import { messageOf } from '../plugins/module.js';
import { openChannel } from '../process/channel.js';
import { contractTest, kindOf } from './contract-test.js';
import type { ContractMessage, ContractOrder } from './isolated.js';

/* Entry of the process that runs a contract test: what hangs, blocks or exits there ends nobody else. */
openChannel<ContractOrder>((order, tell) => {
  const say = (message: ContractMessage) => tell(message);
  test(order, say)
    .catch((cause: unknown) => say({ type: 'bad input', message: messageOf(cause) }))
    .then(() => process.exit(0));
});

async function test(
  { module, deadlineMs }: ContractOrder,
  say: (message: ContractMessage) => Promise<void>,
): Promise<void> {
  const kind = await kindOf(module);
  await say({ type: 'kind', kind });
  if (kind === 'scenario') return;
  for await (const result of contractTest(module, kind, deadlineMs)) await say({ type: 'result', result });
  await say({ type: 'done' });
}
