import { setTimeout as delay } from 'node:timers/promises';
import { defineKernel } from 'breakeven';

/** A real timer: time passes, no CPU is used, as with a request to a server. Answers its input. */
export default defineKernel({
  title: 'wait',
  options: { ms: 50 },
  split: 'never',
  agree: 'exact',
  make({ ms }) {
    // A timer takes 31 bits of milliseconds; one that is longer fires at once.
    if (!(ms >= 0 && ms < 2 ** 31))
      throw new Error('ms is how long an item waits: it must be from 0 to 2^31 − 1');
    return {
      kind: 'wait',
      list: () => delay(ms, undefined),
      work: () => ({ flops: 0, bytes: 0 }),
    };
  },
});
