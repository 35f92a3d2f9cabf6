import type { Figure } from '../figures/figure.js';
import { partsAsked, printFigure } from '../figures/parts.js';
import { coverage, coverageAt, falseClaims } from './coverage.js';
import { economics } from './economics.js';
import { mapErrors } from './map-errors.js';
import { order } from './order.js';
import type { Proof } from './proof.js';
import { resampledBlocks } from './resampled-blocks.js';
import { settleTimes } from './settle-time.js';
import { shapes, shapesInRounds, shapesOnBudget } from './shapes.js';
import { sweepsAsked } from './sweeps-asked.js';
import { threshold } from './threshold.js';

/*
 * `npm run proofs [-- NAME … --sweeps N]`: how often the analysis is right, and what the planner saves, over simulated
 * runs whose truth is known. Seeded: the same command prints the same figures on every machine.
 */
const all: Readonly<Record<string, Proof>> = {
  coverage,
  shapes,
  threshold,
  'map-errors': mapErrors,
  economics,
  order,
  'resampled-blocks': resampledBlocks,
};

/** Parts of the long ones, to be asked for by name. */
const parts: Readonly<Record<string, Proof>> = {
  'coverage-4': (sweeps) => coverageAt(4, sweeps),
  'coverage-8': (sweeps) => coverageAt(8, sweeps),
  'coverage-20': (sweeps) => coverageAt(20, sweeps),
  'no-crossover': falseClaims,
  'shapes-budget': shapesOnBudget,
  'shapes-rounds': shapesInRounds,
  'settle-time': (sweeps = 400) => settleTimes(sweeps),
};

const asked = process.argv.slice(2);
const sweeps = sweepsAsked(asked);
const figures: Figure[] = [];
for (const [name, proof] of partsAsked({ ...all, ...parts }, asked, 'proof', Object.keys(all))) {
  process.stdout.write(`${name}\n`);
  for (const figure of await proof(sweeps)) {
    figures.push(figure);
    printFigure(figure);
  }
}
const held = figures.filter(({ holds }) => holds).length;
process.stdout.write(`${held} of ${figures.length} figures reached\n`);
