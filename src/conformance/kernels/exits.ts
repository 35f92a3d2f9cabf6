import { isMainThread } from 'node:worker_threads';
import { defineKernel } from '../../contract/kernel.js';

/** Ends the worker that it runs in when a list begins with 13; in the process `driver` itself it is harmless. */
export default defineKernel({
  title: 'ends its worker',
  options: { driver: 0 },
  split: 'never',
  agree: 'exact',
  make: ({ driver }) => ({
    kind: 'map',
    list(xs, out) {
      if (xs[0] === 13 && (!isMainThread || process.pid !== driver)) {
        process.stderr.write('last words of the kernel\n');
        process.exit(7);
      }
      for (let i = 0; i < xs.length; i++) out[i] = xs[i];
    },
    work: (length) => ({ flops: 0, bytes: 16 * length }),
  }),
});
