import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { Figure } from '../figures/figure.js';
import { comparison } from './pairs.js';
import { recorded } from './recorded-noise.js';
import { shareText, told } from './share.js';

/** The middle of a simulated interleaved comparison of `ci`; each of two separate runs is half as long. */
const middleMs = 72_000;
/** Log of 2. */
const twice = Math.log(2);

/** A machine that is twice as slow from the middle on, or throughout head: never red. */
export async function machine(comparisons: number): Promise<Figure[]> {
  const times = Math.max(1, Math.round(comparisons / 4));
  const cases = {
    'interleaved, slower from the middle of the job on': (seed: number) =>
      comparison(seed, 'interleaved', {}, { head: slowFrom(middleMs, seed) }),
    'separate, slower from the middle of head on': (seed: number) =>
      comparison(seed, 'separate', {}, { head: slowFrom(middleMs / 2, seed) }),
    'separate, slower throughout head': (seed: number) =>
      comparison(seed, 'separate', {}, { head: slowFrom(0, seed) }),
    'separate, slower throughout base': (seed: number) =>
      comparison(seed, 'separate', {}, { base: slowFrom(0, seed) }),
  };
  const figures: Figure[] = [];
  for (const [name, run] of Object.entries(cases)) {
    let [red, unfit] = [0, 0];
    for (let seed = 1; seed <= times; seed++) {
      const { verdict } = await run(seed);
      if (verdict === 'regression') red++;
      if (verdict === 'unfit') unfit++;
    }
    figures.push(
      {
        name: `machine 2× slower, ${name}: red`,
        bar: 'never',
        seen: shareText(red, times),
        holds: red === 0,
      },
      told(`machine 2× slower, ${name}: unfit`, unfit, times),
    );
  }
  return figures;
}

function slowFrom(atMs: number, seed: number): Disturbance {
  return { ...recorded('quiet', seed), slowsDown: { by: twice, atMs } };
}
