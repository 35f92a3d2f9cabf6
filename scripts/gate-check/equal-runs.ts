import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { Figure } from '../figures/figure.js';
import { noisy } from './model.js';
import { comparison, type Way } from './pairs.js';
import { recorded } from './recorded-noise.js';
import { rarely, told } from './share.js';

/** Under a time each comparison looks at itself after every round, which takes its time. */
const ways: readonly { readonly way: Way; readonly part: number }[] = [
  { way: 'interleaved', part: 1 },
  { way: 'until settled', part: 0.2 },
  { way: 'separate', part: 1 },
];

const noises: readonly {
  readonly name: string;
  readonly share: number;
  disturbance(seed: number): Disturbance;
}[] = [
  { name: '', disturbance: (seed) => recorded('quiet', seed), share: 1 },
  { name: ', beside a busy core', disturbance: (seed) => recorded('busy', seed), share: 0.4 },
  { name: ', noise set by hand', disturbance: () => noisy, share: 0.4 },
];

/** The same code on both sides: at most 1 in 100 comparisons may be red. */
export async function equalRuns(comparisons: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, disturbance, share } of noises) {
    for (const { way, part } of ways) {
      const times = Math.max(1, Math.round(part * share * comparisons));
      let [red, unfit, moved] = [0, 0, 0];
      for (let seed = 1; seed <= times; seed++) {
        const own = disturbance(seed);
        const seen = await comparison(seed, way, {}, { base: own, head: own });
        if (seen.verdict === 'regression') red++;
        if (seen.verdict === 'unfit') unfit++;
        if (seen.crossovers.length > 0) moved++;
      }
      const what = `equal code, ${way}${name}`;
      figures.push(
        rarely(`${what}: red`, 0.01, red, times),
        told(`${what}: unfit`, unfit, times),
        told(`${what}: a crossover said to have moved`, moved, times),
      );
    }
  }
  return figures;
}
