import { defineKernel } from 'breakeven';

/** The source question's function: exact in doubles while |x| ≤ 94,906,265 (x² below 2^53). */
export default defineKernel({
  title: 'x² − 13',
  options: {},
  split: 'elements',
  agree: 'exact',
  // A product of 32-bit integers wraps past 46,340; of doubles it rounds past 94,906,265.
  edges: [46_341, -46_341, 94_906_265, -94_906_265, 0.1, -0, Number.POSITIVE_INFINITY, Number.NaN],
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
