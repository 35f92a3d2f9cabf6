import { setTimeout as delay } from 'node:timers/promises';
import { defineKernel } from '../../contract/kernel.js';

/** Waits so long that nobody will see its answer: whatever happens to a job happens while it runs. */
export default defineKernel({
  title: 'waits for minutes',
  options: {},
  split: 'never',
  agree: 'exact',
  make: () => ({
    kind: 'wait',
    list: () => delay(600_000, undefined),
    work: () => ({ flops: 0, bytes: 0 }),
  }),
});
