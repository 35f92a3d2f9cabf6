import { isMainThread } from 'node:worker_threads';
import { defineKernel } from '../../contract/kernel.js';

/** So long that a worker takes the next list, wherever the caller works too. */
const dawdleMs = 50;

/**
 * Ends the worker that it runs in when a list begins with 13; in the main thread of the process `driver` it only takes
 * its time.
 */
export default defineKernel({
  title: 'ends its worker',
  options: { driver: 0 },
  split: 'never',
  agree: 'exact',
  make: ({ driver }) => ({
    kind: 'map',
    list(xs, out) {
      if (xs[0] === 13 && isMainThread && process.pid === driver)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, dawdleMs);
      else if (xs[0] === 13) {
        process.stderr.write('last words of the kernel\n');
        process.exit(7);
      }
      for (let i = 0; i < xs.length; i++) out[i] = xs[i];
    },
    work: (length) => ({ flops: 0, bytes: 16 * length }),
  }),
});
