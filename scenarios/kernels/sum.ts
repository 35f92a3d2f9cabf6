import { defineKernel } from 'breakeven';

/**
 * Large in, small out. Eight partial sums, because one sum waits for each addition to end (4 cycles) before the next
 * may begin. The wasm twin adds in the same order, so the two agree to the bit.
 *
 * 4096 ulps are for strategies that cut lists and so add in another order: rounding errors of n numbers of one sign
 * wander off by about √n / 4 ulps, which is 2,048 for the longest list that fits a machine (2^26 numbers). A lost
 * number in a list of a million is off by 10^10 ulps, one rounded to float32 by 10^5.
 */
export default defineKernel({
  title: 'sum',
  options: {},
  split: 'associative',
  agree: { ulps: 4096 },
  edges: [94_906_265.7, -46_341, 0.1, Number.POSITIVE_INFINITY, Number.NaN],
  make: () => ({
    kind: 'reduce',
    list(xs) {
      const n = xs.length;
      let rest = 0;
      let i = 0;
      // The odd ones first: see square-minus-13.
      for (const odd = n % 8; i < odd; i += 1) rest += xs[i];
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      let e = 0;
      let f = 0;
      let g = 0;
      let h = 0;
      for (; i < n; i += 8) {
        a += xs[i];
        b += xs[i + 1];
        c += xs[i + 2];
        d += xs[i + 3];
        e += xs[i + 4];
        f += xs[i + 5];
        g += xs[i + 6];
        h += xs[i + 7];
      }
      return a + c + (e + g) + (b + d + (f + h)) + rest;
    },
    combine: (a, b) => a + b,
    wasm: { module: new URL('./sum.wasm', import.meta.url).href },
    work: (length) => ({ flops: length, bytes: 8 * length }),
  }),
});
