import { wholeNumber } from '../../src/cli/options.js';
import { type Figure, partsAsked, printFigures, printReached } from '../figures/figure.js';
import { defineLab, say } from '../lab/lab.js';
import { coverage, coverageAt, falseClaims } from './coverage.js';
import { economics } from './economics.js';
import { mapErrors } from './map-errors.js';
import { noiseAnswered, noiseBudget, noiseCoverage, noiseRecorded, noiseStep, noiseTies } from './noise.js';
import { order } from './order.js';
import type { Proof } from './proof.js';
import { resampledBlocks } from './resampled-blocks.js';
import { settleTimes } from './settle-time.js';
import { shapes, shapesInRounds, shapesOnBudget } from './shapes.js';
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
  'noise-coverage': noiseCoverage,
  'noise-step': noiseStep,
  'noise-ties': noiseTies,
  'noise-budget': noiseBudget,
  'noise-answered': noiseAnswered,
};

/** Parts of the long ones, to be asked for by name. */
const parts: Readonly<Record<string, Proof>> = {
  'coverage-4': (sweeps) => coverageAt(4, sweeps),
  'coverage-8': (sweeps) => coverageAt(8, sweeps),
  'coverage-20': (sweeps) => coverageAt(20, sweeps),
  'no-crossover': falseClaims,
  'shapes-budget': shapesOnBudget,
  'shapes-rounds': shapesInRounds,
  'noise-recorded': noiseRecorded,
  'settle-time': (sweeps = 400) => settleTimes(sweeps),
};

export const lab = defineLab(
  { sweeps: wholeNumber('runs that are simulated per case', { least: 1 }) },
  async ({ sweeps }, names) => {
    const figures: Figure[] = [];
    for (const [name, proof] of partsAsked({ ...all, ...parts }, names, 'proof', Object.keys(all))) {
      say(name);
      figures.push(...(await printFigures(proof(sweeps))));
    }
    printReached(figures);
    return 0;
  },
);
