import { compare } from '../../src/compare/compare.js';
import { plainLimits } from '../../src/compare/limits.js';
import type { Comparison, Pairing } from '../../src/compare/types.js';
import type { Results } from '../../src/results/format.js';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import { sweep } from '../proofs/simulated.js';
import { interleave } from './interleave.js';
import { type Change, ciRun } from './model.js';
import { recorded } from './recorded-noise.js';

/** How both sides come to be; `until settled`: interleaved, under `--max-time`. */
export type Way = Exclude<Pairing, 'across hosts'> | 'until settled';

/** About six rounds, as in the workflow's four minutes: a simulated process lives half as long as a real one. */
const maxTimeMs = 120_000;

/** Enough for crossovers; the report takes more. */
const draws = 400;

/** One comparison in simulated time: base is never changed, head as asked. Without more, the recorded quiet machine. */
export async function comparison(
  seed: number,
  way: Way,
  change: Change = {},
  disturbance: { readonly base?: Disturbance; readonly head?: Disturbance } = {},
): Promise<Comparison> {
  const quiet = recorded('quiet', seed);
  const [base, head] =
    way !== 'separate'
      ? await interleave(
          ciRun(seed),
          ciRun(seed, change),
          disturbance.head ?? quiet,
          way === 'until settled' ? maxTimeMs : undefined,
        )
      : [
          await sweep(ciRun(2 * seed), disturbance.base ?? quiet),
          await sweep(ciRun(2 * seed + 1, change), disturbance.head ?? quiet),
        ];
  return compare(
    { name: 'base', runs: [base] },
    { name: 'head', runs: [sameSeed(change.alter?.(head) ?? head, base)] },
    { limits: plainLimits(), draws },
  );
}

/** The seed is the luck of a simulated machine; the data of both sides are the same. */
function sameSeed(head: Results, { header: { seed } }: Results): Results {
  return { ...head, header: { ...head.header, seed } };
}
