import { ratioOf } from '../../src/analysis/level.js';
import { percent } from '../proofs/proof.js';
import { measureCell } from './cells.js';
import { type Figure, median } from './figure.js';

/** One process differs from the next by some percent: fewer would show that, and not what checking costs. */
const rounds = 40;
const bar = 0.02;

/** Does checking the answers change the times? The same cells with and without, in turns. */
export async function verification(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const strategy of ['for-loop', 'typed-array', 'worker-threads']) {
    const logs = { on: new Float64Array(rounds), off: new Float64Array(rounds) };
    for (let round = 0; round < rounds; round++) {
      for (const which of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
        const verify = which === 'on';
        const { warm } = await measureCell({ strategy, keys: 8, length: 10_000, from: 'lists', verify });
        logs[which][round] = Math.log(median(warm.samplesNs));
      }
    }
    const { value, interval } = ratioOf({ logs: logs.on }, { logs: logs.off });
    figures.push({
      name: `verification on against off, warm ${strategy}`,
      bar: `≤ ${100 * bar} % either way`,
      seen: `${changeOf(value)} [${changeOf(interval?.low)}, ${changeOf(interval?.high)}]`,
      holds: Math.abs(value - 1) <= bar,
    });
  }
  return figures;
}

function changeOf(ratio = Number.NaN): string {
  return percent(ratio - 1);
}
