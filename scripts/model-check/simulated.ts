import { tableOf } from '../../src/analysis/table.js';
import type { Axes } from '../../src/contract/scenario.js';
import { teller } from '../../src/model/held-out.js';
import { observe } from '../../src/model/observation.js';
import { modelOf, type StrategyModel } from '../../src/model/strategy-model.js';
import { type Figure, median } from '../figures/figure.js';
import { percent, shareWithin } from '../proofs/proof.js';
import { strategy, sweep } from '../proofs/simulated.js';
import { type TrueShape, trueShapes } from './shapes.js';

const noise = 0.03;
const rounds = 4;
const caches = [
  { name: 'L1', bytes: 32_768 },
  { name: 'L2', bytes: 2 ** 20 },
  { name: 'L3', bytes: 2 ** 25 },
];

/** Is a shape of the family taken, and any other rejected? What is told of rows that were not measured? */
export async function simulated(sweeps = 100): Promise<Figure[]> {
  const seen = new Map<
    string,
    { readonly inside: boolean; readonly models: StrategyModel[]; readonly told: Told[] }
  >();
  for (let seed = 1; seed <= sweeps; seed++) {
    for (const shape of trueShapes(seed)) {
      const model = await modelled(shape, shape.sweep, seed);
      const entry = seen.get(shape.name) ?? { inside: shape.inside, models: [], told: [] };
      entry.models.push(model);
      entry.told.push(...(await toldOf(model, shape)));
      seen.set(shape.name, entry);
    }
  }
  const figures = [...seen].map(([name, { inside, models }]) => {
    const rejected = models.filter(({ verdict }) => verdict === 'rejected').length / models.length;
    const what = `rejected, ${inside ? 'inside' : 'outside'} the family: ${name}`;
    return inside ? shareWithin(what, 0, 0.05, rejected) : shareWithin(what, 0.95, 1, rejected);
  });
  const insideTold = [...seen.values()].filter(({ inside }) => inside).flatMap(({ told }) => told);
  return [...figures, ...accuracy('rows that no fit has seen, inside', insideTold)];
}

/** One unseen cell: log(told ÷ true) and the band that was stated. */
export interface Told {
  readonly error: number;
  readonly band: number;
}

/** The three bars for cells that no fit has seen. */
export function accuracy(name: string, told: readonly Told[]): Figure[] {
  const error = median(told.map((one) => Math.expm1(Math.abs(one.error))));
  const within = told.filter((one) => Math.abs(one.error) <= Math.log1p(one.band)).length / told.length;
  const band = median(told.map((one) => one.band));
  return [
    {
      name: `${name}: median error`,
      bar: '≤ 15 %',
      seen: `${percent(error)} of ${told.length} cells`,
      holds: error <= 0.15,
    },
    shareWithin(`${name}: within the band`, 0.9, 1, within),
    {
      name: `${name}: median half-width of the band`,
      bar: '≤ 25 %',
      seen: percent(band),
      holds: band <= 0.25,
    },
  ];
}

async function modelled(shape: TrueShape, axes: Axes, seed: number): Promise<StrategyModel> {
  return modelOf(await observedOf(shape, axes, seed, noise), caches);
}

async function toldOf(model: StrategyModel, shape: TrueShape): Promise<Told[]> {
  const tell = teller(
    model.coefficients.map(({ coefficient }) => coefficient),
    model.observations,
    model.method,
  );
  const { observations } = await observedOf(shape, shape.unseen, 1, 0);
  return observations.map(({ shape: at, ns }) => ({ error: Math.log(tell(at) / ns), band: model.band }));
}

async function observedOf(shape: TrueShape, axes: Axes, seed: number, process: number) {
  const strategies = [strategy('for-loop', 'serial', shape.timeNs)];
  const results = await sweep({ strategies, sweeps: [axes], rounds, seed }, { process });
  const [observed] = observe(tableOf(results, 2), 'warm');
  return observed;
}
