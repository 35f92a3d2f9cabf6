import type { Crossover, CrossoverQuestion } from '../../src/analysis/types.js';
import type { Answers } from '../../src/measure/planner/open.js';
import { crossoverWithin } from '../../src/measure/planner/rules.js';

/** The only warm crossover of a question where its whole interval lies within ± 10 % of its middle. */
export function knownCrossover(answers: Answers, question: CrossoverQuestion): Crossover | undefined {
  const only = onlyCrossover(answers, question);
  if (only === undefined || only.bracketOnly) return undefined;
  const half = Math.log(only.interval.high / only.interval.low) / 2;
  return half <= Math.log1p(crossoverWithin) ? only : undefined;
}

/** The only warm crossover of a question, however wide its interval is. */
export function onlyCrossover({ accounts }: Answers, question: CrossoverQuestion): Crossover | undefined {
  const lines = accounts.find(({ account }) => account === 'warm')?.crossovers ?? [];
  const [only, ...others] = lines
    .filter((line) => line.question === question)
    .flatMap(({ crossovers }) => crossovers);
  return others.length === 0 ? only : undefined;
}
