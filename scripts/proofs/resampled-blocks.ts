import { alpha } from '../../src/analysis/holm.js';
import { levelOf, pBelow } from '../../src/analysis/level.js';
import { seededRandom } from '../../src/results/random.js';
import type { Figure } from '../figures/figure.js';
import { blocksOf } from '../self-check/draw-blocks.js';
import { comparisons, defaultRounds } from '../self-check/settings.js';
import { percent, shown } from './proof.js';

type Random = ReturnType<typeof seededRandom>;

const cells = 8;
/** Rounds in the pool: of the first self-check, and of a whole one. */
const poolSizes = [18, 60] as const;

/** What one process's log time does, in its own unit. */
const noises: readonly { readonly name: string; readonly of: (random: Random) => number }[] = [
  { name: 'log-normal', of: (random) => random.normal() },
  {
    name: 'two modes, one in five 7 σ slower',
    of: (random) => random.normal() + (random.uniform() < 0.2 ? 7 : 0),
  },
  {
    name: 'heavy tails (t with 2 degrees)',
    of: (random) => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2) / 2),
  },
];

/**
 * How far can a self-check's "interval leaves out 1" stray from 5 % by chance alone? Each pool of rounds is drawn from
 * as the self-check does; resampled blocks share rounds, so one pool's 200 comparisons are far from independent.
 */
export async function resampledBlocks(pools = 1_000): Promise<Figure[]> {
  return noises.flatMap(({ name, of }) =>
    poolSizes.map((size) => {
      const rates = Array.from({ length: pools }, (_, i) => falseDifferences(size, of, i + 1)).sort(
        (a, b) => a - b,
      );
      const at = (share: number) => percent(rates[Math.floor(share * (pools - 1))]);
      const mean = rates.reduce((sum, rate) => sum + rate, 0) / pools;
      const as = rates.filter((rate) => rate >= 0.115).length / pools;
      const seen = `${percent(mean)} on average; 95 % of pools ${at(0.025)} to ${at(0.975)}; 11.5 % or more in ${percent(as)}`;
      return shown(`A/A comparisons whose interval leaves out 1, pool of ${size} rounds, ${name}`, seen);
    }),
  );
}

/** Share of one pool's comparisons. */
function falseDifferences(size: number, of: (random: Random) => number, seed: number): number {
  const random = seededRandom(seed);
  const rounds = Array.from({ length: size }, (_, round) => round);
  let [found, count] = [0, 0];
  for (let cell = 0; cell < cells; cell++) {
    const logs = rounds.map(() => of(random) - of(random));
    for (const block of blocksOf(rounds, defaultRounds, comparisons / cells, 10 + cell)) {
      const level = levelOf({ logs: Float64Array.from(block.rounds, (round) => logs[round]) });
      count++;
      if (pBelow({ ...level, mean: -Math.abs(level.mean) }, 0) < alpha) found++;
    }
  }
  return found / count;
}
