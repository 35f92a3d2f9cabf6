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
      const n = xs.length;
      let i = 0;
      // The odd ones first: V8 compiles a long loop while it runs, and what comes after it, never run so far, would
      // make it throw that code away.
      for (const odd = n % 4; i < odd; i += 1) {
        const a = xs[i];
        out[i] = a * a - 13;
      }
      // V8 does not unroll loops. Four numbers per turn take a quarter off the time of lists and half off that of typed
      // arrays in cache; eight gain a few per cent more.
      for (; i < n; i += 4) {
        const a = xs[i];
        const b = xs[i + 1];
        const c = xs[i + 2];
        const d = xs[i + 3];
        out[i] = a * a - 13;
        out[i + 1] = b * b - 13;
        out[i + 2] = c * c - 13;
        out[i + 3] = d * d - 13;
      }
    },
    wasm: { module: new URL('./square-minus-13.wasm', import.meta.url).href },
    work: (length) => ({ flops: 2 * length, bytes: 16 * length }),
  }),
});
