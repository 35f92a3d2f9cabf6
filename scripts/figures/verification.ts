import { measureCell } from './cells.js';
import { atMost, type Figure, median } from './figure.js';

const rounds = 15;

/** Does checking the answers change the times? The same cells with and without, in turns. */
export async function verification(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const strategy of ['for-loop', 'typed-array', 'worker-threads']) {
    const logs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? [true, false] : [false, true];
      const times = new Map<boolean, number>();
      for (const verify of order) {
        const { warm } = await measureCell({ strategy, keys: 8, length: 10_000, from: 'lists', verify });
        times.set(verify, median(warm.samplesNs));
      }
      logs.push(Math.log((times.get(true) ?? Number.NaN) / (times.get(false) ?? Number.NaN)));
    }
    const moved = Math.abs(Math.exp(median(logs)) - 1) * 100;
    figures.push(atMost(`verification on against off, warm ${strategy}`, 2, moved, ' %'));
  }
  return figures;
}
