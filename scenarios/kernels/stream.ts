import { defineKernel } from 'breakeven';

/** STREAM's factor (McCalpin, "Memory Bandwidth and Machine Balance", 1995). */
const factor = 3;

/** copy and scale of the STREAM benchmark: next to no work, so that what is measured is how fast memory is. */
export default defineKernel({
  title: 'copy or scale (STREAM)',
  options: { operation: 'scale' },
  split: 'elements',
  agree: 'exact',
  edges: [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 94_906_267],
  make({ operation }) {
    if (operation !== 'copy' && operation !== 'scale') throw new Error('operation must be copy or scale');
    return {
      kind: 'map',
      list: operation === 'copy' ? copy : scale,
      wasm: {
        module: new URL('./stream.wasm', import.meta.url).href,
        args: [operation === 'copy' ? 0 : 1],
      },
      // As STREAM counts: what is read and what is written, not what is fetched only to be overwritten.
      work: (length) => ({ flops: operation === 'copy' ? 0 : length, bytes: 16 * length }),
    };
  },
});

function copy(xs: ArrayLike<number>, out: number[] | Float64Array): void {
  if (out instanceof Float64Array) out.set(xs);
  else for (let i = 0; i < xs.length; i += 1) out[i] = xs[i];
}

/** The odd ones first, then four per turn: see square-minus-13.ts. */
function scale(xs: ArrayLike<number>, out: number[] | Float64Array): void {
  const n = xs.length;
  let i = 0;
  for (const odd = n % 4; i < odd; i += 1) out[i] = xs[i] * factor;
  for (; i < n; i += 4) {
    out[i] = xs[i] * factor;
    out[i + 1] = xs[i + 1] * factor;
    out[i + 2] = xs[i + 2] * factor;
    out[i + 3] = xs[i + 3] * factor;
  }
}
