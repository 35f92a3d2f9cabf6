import { defineKernel } from 'breakeven';

/** The source question's function: exact in doubles while |x| ≤ 94,906,265 (x² below 2^53). */
export default defineKernel({
  title: 'x² − 13',
  options: {},
  split: 'elements',
  agree: 'exact',
  make: () => ({
    kind: 'map',
    list(xs, out) {
      for (let i = 0, n = xs.length; i < n; i += 1) {
        const x = xs[i];
        out[i] = x * x - 13;
      }
    },
    wasm: { module: new URL('./square-minus-13.wasm', import.meta.url).href },
    work: (length) => ({ flops: 2 * length, bytes: 16 * length }),
  }),
});
