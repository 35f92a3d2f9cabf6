import { setTimeout as delay } from 'node:timers/promises';
import { defineKernel } from 'breakeven';

/** A real timer: time passes, no CPU is used, as with a request to a server. Answers its input. */
export default defineKernel({
  title: 'wait',
  options: { ms: 50 },
  split: 'never',
  agree: 'exact',
  make: ({ ms }) => ({
    kind: 'wait',
    list: () => delay(ms, undefined),
    work: () => ({ flops: 0, bytes: 0 }),
  }),
});
