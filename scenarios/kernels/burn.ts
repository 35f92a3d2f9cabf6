import { defineKernel } from 'breakeven';

/**
 * `cost` microseconds of CPU work per list, however long the list is. The work is a fixed count of steps, never
 * "until the clock says so", which would look perfectly parallel on one core. `rate` is the count per microsecond,
 * measured before each run; 0 means not yet.
 */
export default defineKernel({
  title: 'CPU work per list',
  options: { cost: 100, rate: 0 },
  // The chain starts from the list's first number, and the cost is per list.
  split: 'never',
  agree: 'exact',
  calibrate: () => ({ rate: stepsPerMicrosecond() }),
  calibrated: { option: 'cost', ns: 1_000 },
  make({ cost, rate }) {
    if (!(cost > 0)) throw new Error('cost is microseconds per list: it must be above 0');
    if (!(rate > 0)) {
      throw new Error(
        'burn is not calibrated: its option `rate` (steps per microsecond) comes from calibrate()',
      );
    }
    const steps = Math.max(1, Math.round(cost * rate));
    return {
      kind: 'map',
      list(xs, out) {
        const n = xs.length;
        // The last bit goes into every answer: dead code would be optimised away.
        const bit = chain(n > 0 ? xs[0] | 0 : 0, steps) & 1;
        for (let i = 0; i < n; i += 1) out[i] = xs[i] + bit;
      },
      work: (length) => ({ flops: length, bytes: 16 * length }),
    };
  },
});

/** Marsaglia's xorshift32: each step needs the one before, so no compiler or processor can run two at once. */
function chain(seed: number, steps: number): number {
  let state = seed ^ 0x9e3779b9 || 1;
  for (let step = 0; step < steps; step += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
  }
  return state;
}

/** The fastest of 9 runs of about 15 ms, after a warm-up: about 0.2 s. Whatever else runs can make it slower only. */
function stepsPerMicrosecond(): number {
  const steps = 5_000_000;
  let fastest = 0;
  let seed = 1;
  for (let run = 0; run < 12; run += 1) {
    const start = process.hrtime.bigint();
    seed = chain(seed, steps);
    const microseconds = Number(process.hrtime.bigint() - start) / 1000;
    // The first runs are interpreted, then compiled.
    if (run >= 3) fastest = Math.max(fastest, steps / microseconds);
  }
  // Three significant digits: the rest is noise, and it is printed.
  return Number(fastest.toPrecision(3));
}
