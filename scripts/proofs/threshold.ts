import { tableOf } from '../../src/analysis/table.js';
import { bestThreshold, lossOf, type SidesAt } from '../../src/analysis/threshold.js';
import type { Results } from '../../src/results/format.js';
import { type Figure, median } from '../figures/figure.js';
import { percent } from './proof.js';
import { keys, loopNs, shapeModels } from './shape-models.js';
import { affine, strategy, sweep } from './simulated.js';

/** The default, and what it takes to hold every run within a point. */
const roundCounts = [8, 20, 40] as const;
const noise = 0.035;

/** What one threshold in place of the map costs: as estimated from a run, against the exact loss of that threshold. */
export async function threshold(sweeps = 200): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const rounds of roundCounts) figures.push(...(await thresholdAt(rounds, sweeps)));
  return figures;
}

async function thresholdAt(rounds: number, sweeps: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const model of shapeModels) {
    const strategies = [
      strategy('for-loop', 'serial', affine(0, loopNs)),
      strategy('wasm-simd', 'vectorized', model.timeNs),
    ];
    const run = (seed: number) => ({ strategies, sweeps: [{ keys }], rounds, seed });
    const truth = sidesOf(await sweep(run(1), {}));
    const [errors, losses]: [number[], number[]] = [[], []];
    for (let seed = 1; seed <= sweeps; seed++) {
      const found = bestThreshold(sidesOf(await sweep(run(seed), { process: noise })));
      losses.push(found.loss);
      errors.push(Math.abs(found.loss - lossOf(truth, found.from, found.above)));
    }
    const worst = Math.max(...errors);
    const within = errors.filter((error) => error <= 0.01).length / sweeps;
    figures.push({
      name: `loss of one threshold, ${model.name}, ${rounds} rounds, noise ${percent(noise)}`,
      bar: 'every run within 1 point of the exact loss',
      seen: `exact ${percent(bestThreshold(truth).loss)}, median ${percent(median(losses))}, within a point in ${percent(within)} of runs, largest error ${percent(worst)}`,
      holds: worst <= 0.01,
    });
  }
  return figures;
}

function sidesOf(results: Results): SidesAt[] {
  const table = tableOf(results, 2);
  return table.points.map((point) => {
    const timeOf = (label: string) => {
      const state = table.entry('warm', label, point)?.state;
      return state?.kind === 'measured' ? state.time.value : Number.NaN;
    };
    return {
      value: Number(point.keys),
      challengerNs: timeOf('wasm-simd'),
      incumbentNs: timeOf('for-loop'),
    };
  });
}
