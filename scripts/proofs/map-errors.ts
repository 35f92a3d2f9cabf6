import { labelsOf } from '../../src/analysis/label.js';
import { tableOf } from '../../src/analysis/table.js';
import type { Label } from '../../src/analysis/types.js';
import type { Results } from '../../src/results/format.js';
import type { StrategyModel } from '../../test/support/synthetic.js';
import type { Figure } from '../figures/figure.js';
import { percent, shareWithin } from './proof.js';
import { affine, doubling, strategy, sweep } from './simulated.js';

const sweeps = [{ keys: doubling(4, 256) }];
const families: readonly StrategyModel['family'][] = [
  'serial',
  'concurrent',
  'vectorized',
  'vectorized',
  'threads',
  'processes',
];
const names = ['for-loop', 'async-tasks', 'typed-array', 'wasm-simd', 'worker-threads', 'child-process'];
const noises = [0.02, 0.035, 0.05] as const;
const defaultRounds = 8;

/** Six copies of one strategy: does a map name a winner? And does it resolve a true gap of 15 %? */
export async function mapErrors(count = 1_000): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const noise of noises) {
    let false_ = 0;
    for (let seed = 1; seed <= count; seed++) {
      if ((await labels(noise, seed, 1)).some(({ kind }) => kind === 'winner')) false_++;
    }
    const name = `maps of six copies that name a winner, noise ${percent(noise)}`;
    figures.push(shareWithin(name, 0, 0.05, false_ / count, ` of ${count} maps`));
  }
  for (const noise of noises) {
    const found: Label[] = [];
    for (let seed = 1; seed <= count; seed++) found.push(...(await labels(noise, seed, 1.15)));
    const right = found.filter((label) => label.kind === 'winner' && label.strategy === 'wasm-simd').length;
    const name = `points resolved at a true gap of 15 %, ${defaultRounds} rounds, noise ${percent(noise)}`;
    figures.push(shareWithin(name, 0.9, 1, right / found.length, ` of ${found.length} points`));
  }
  return figures;
}

/** `gap`: every other strategy's time over wasm-simd's. */
async function labels(noise: number, seed: number, gap: number): Promise<Label[]> {
  const strategies = names.map((name, i) =>
    strategy(name, families[i], affine(0, name === 'wasm-simd' ? 20_000 : 20_000 * gap)),
  );
  return warmLabels(await sweep({ strategies, sweeps, rounds: defaultRounds, seed }, { process: noise }));
}

/** Who wins at each point of the warm map. */
export function warmLabels(results: Results): Label[] {
  // Labels have closed forms: the fewest draws will do.
  const table = tableOf(results, 2);
  return labelsOf(
    table.points.map((point) => table.at('warm', point)),
    results.header,
  );
}
