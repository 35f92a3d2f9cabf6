/*
 * A whole results file made from a time model: strategies with known cost functions and seeded noise. Tests of
 * analysis and report read the truth from the model and compare.
 */
export { exampleResults, exampleRun, exampleStrategies } from './synthetic/example.js';
export type { Cost, Shape, StrategyModel, SyntheticRun } from './synthetic/model.js';
export { syntheticResults } from './synthetic/run.js';
