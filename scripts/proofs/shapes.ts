import type { RegionWinner } from '../../src/analysis/types.js';
import type { Figure } from '../figures/figure.js';
import { percent, shareWithin } from './proof.js';
import { keys, loopNs, type ShapeModel, shapeModels, trueWinner } from './shape-models.js';
import { affine, strategy, sweep, warmLines } from './simulated.js';

interface Case {
  readonly name: string;
  readonly rounds: number;
  readonly noise: number;
  /** With this budget instead, spent where the doubt is, as `--budget` does. */
  readonly budgetMs?: number;
}

/** More than any of the shapes uses up: what is left undecided is so after the planner's most rounds. */
const ample = 3_600_000;

/** Every cell as often as the others, however clear it is; then as the tool itself spends its time. */
const cases: readonly Case[] = [
  { name: '8 rounds, noise 1 %', rounds: 8, noise: 0.01 },
  { name: '20 rounds, noise 1 %', rounds: 20, noise: 0.01 },
  { name: '20 rounds, noise 2 %', rounds: 20, noise: 0.02 },
  { name: '60 rounds, noise 2 %', rounds: 60, noise: 0.02 },
  { name: 'budget planner, noise 1 %', rounds: 8, noise: 0.01, budgetMs: ample },
  { name: 'budget planner, noise 2 %', rounds: 8, noise: 0.02, budgetMs: ample },
  { name: 'budget planner, noise 3.5 %', rounds: 8, noise: 0.035, budgetMs: ample },
];

/**
 * Is the region list right? Right means: the decided winners, from left to right, each stretch once, are the truth's
 * (with the same 5 % tie margin); every decided point has its true winner; and points are undecided only next to a
 * border of the truth. An undecided list is therefore wrong, whatever the noise.
 */
export async function shapes(sweeps = 100): Promise<Figure[]> {
  return shapesIn(cases, sweeps);
}

/** The part of it in which the tool spends its time as it likes. */
export function shapesOnBudget(sweeps = 100): Promise<Figure[]> {
  return shapesIn(
    cases.filter(({ budgetMs }) => budgetMs !== undefined),
    sweeps,
  );
}

/** The part of it in which all cells are measured equally often. */
export function shapesInRounds(sweeps = 100): Promise<Figure[]> {
  return shapesIn(
    cases.filter(({ budgetMs }) => budgetMs === undefined),
    sweeps,
  );
}

async function shapesIn(some: readonly Case[], sweeps: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, rounds, noise, budgetMs } of some) {
    for (const model of shapeModels) {
      let [right, misled] = [0, 0];
      for (let seed = 1; seed <= sweeps; seed++) {
        const strategies = [
          strategy('for-loop', 'serial', affine(0, loopNs)),
          strategy('wasm-simd', 'vectorized', model.timeNs),
        ];
        const run = {
          strategies,
          sweeps: [{ keys }],
          rounds,
          seed,
          ...(budgetMs === undefined ? {} : { budgetMs }),
        };
        const [{ regions }] = warmLines(await sweep(run, { process: noise }), 100);
        const winners = keys.map(
          (at) => regions.find(({ from, to }) => from <= at && at <= to)?.winner ?? 'undecided',
        );
        if (isRight(winners, model)) right++;
        if (winners.some((winner, i) => winner !== 'undecided' && winner !== trueWinner(model, keys[i])))
          misled++;
      }
      const besides = `; a wrong winner or tie at some point in ${percent(misled / sweeps)}`;
      figures.push(shareWithin(`regions of ${model.name}, ${name}`, 0.95, 1, right / sweeps, besides));
    }
  }
  return figures;
}

function isRight(winners: readonly RegionWinner[], model: ShapeModel): boolean {
  const truth = keys.map((at) => trueWinner(model, at));
  return winners.every((winner, i) => {
    if (winner !== 'undecided') return winner === truth[i];
    const beside = [truth[i - 1], truth[i + 1]].some((other) => other !== undefined && other !== truth[i]);
    return beside && sequence(winners.filter((each) => each !== 'undecided')) === sequence(truth);
  });
}

function sequence(winners: readonly RegionWinner[]): string {
  return winners.filter((winner, i) => winner !== winners[i - 1]).join(' ');
}
