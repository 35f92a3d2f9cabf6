import { defineKernel } from 'breakeven';

/**
 * v = √(v² + 1), `steps` times: more work on each number, no more bytes. Product, sum and root are each rounded
 * once (IEEE 754, no fused multiply-add in JavaScript or WebAssembly), so all twins agree to the bit.
 */
export default defineKernel({
  title: '√(v² + 1), repeated',
  options: { steps: 16 },
  split: 'elements',
  agree: 'exact',
  edges: [94_906_265, -46_341, 0.1, -0, Number.NEGATIVE_INFINITY, Number.NaN],
  make({ steps }) {
    if (!(Number.isInteger(steps) && steps > 0)) throw new Error('steps must be a whole number above 0');
    return {
      kind: 'map',
      list(xs, out) {
        const n = xs.length;
        let i = 0;
        // The odd ones first: see square-minus-13.
        for (const odd = n % 4; i < odd; i += 1) {
          let a = xs[i];
          for (let step = 0; step < steps; step += 1) a = Math.sqrt(a * a + 1);
          out[i] = a;
        }
        // Four chains side by side: a root takes 15 cycles or more, but another may begin after 5.
        for (; i < n; i += 4) {
          let a = xs[i];
          let b = xs[i + 1];
          let c = xs[i + 2];
          let d = xs[i + 3];
          for (let step = 0; step < steps; step += 1) {
            a = Math.sqrt(a * a + 1);
            b = Math.sqrt(b * b + 1);
            c = Math.sqrt(c * c + 1);
            d = Math.sqrt(d * d + 1);
          }
          out[i] = a;
          out[i + 1] = b;
          out[i + 2] = c;
          out[i + 3] = d;
        }
      },
      wasm: { module: new URL('./sqrt-chain.wasm', import.meta.url).href, args: [steps] },
      work: (length) => ({ flops: 3 * steps * length, bytes: 16 * length }),
    };
  },
});
