import { defineKernel } from '../../contract/kernel.js';

/** Throws when a list begins with 13. */
export default defineKernel({
  title: 'throws',
  options: {},
  split: 'never',
  agree: 'exact',
  make: () => ({
    kind: 'map',
    list(xs, out) {
      if (xs[0] === 13) throw new Error('the kernel does not like 13');
      for (let i = 0; i < xs.length; i++) out[i] = xs[i];
    },
    work: (length) => ({ flops: 0, bytes: 16 * length }),
  }),
});
