import { measure, type Planner } from '../../../src/measure/measure.js';
import type { JournalLine, Results, RunHeader } from '../../../src/results/format.js';
import type { Journal } from '../../../src/results/journal.js';
import type { SyntheticRun } from '../synthetic.js';
import { simulatedClock } from './clock.js';
import type { Disturbance } from './disturbance.js';
import { simulatedExecutor } from './executor.js';
import { simulatedPlan } from './plan.js';

export interface SimulatedRun {
  readonly run: SyntheticRun & { readonly limitMs?: number };
  readonly disturbance: Disturbance;
  readonly planner: Planner;
}

/**
 * A whole run in simulated time, from plan to results, by the real `measure`. A sweep takes milliseconds, so that
 * thousands of them tell how often the analysis is right.
 */
export async function simulate({ run, disturbance, planner }: SimulatedRun): Promise<Results> {
  const clock = simulatedClock();
  const plan = await simulatedPlan(run);
  const journal = memoryJournal();
  const executor = simulatedExecutor({ models: run.strategies, disturbance, clock, seed: run.seed ?? 1 });
  const signal = new AbortController().signal;
  await measure(plan, { executor, clock, planner, journal, signal, onEvent: () => {} });
  return journal.results(plan.header);
}

/** Keeps the lines where no file is needed. */
export function memoryJournal(): Journal & { results(header: RunHeader): Results } {
  const lines: JournalLine[] = [];
  return {
    path: '',
    append: (line) => lines.push(line),
    close: () => {},
    results: (header) => {
      const records = lines.flatMap((line) => (line.type === 'cell' ? [line] : []));
      const end = lines.find((line) => line.type === 'end');
      return { header, records, ...(end === undefined ? {} : { end }), notes: [] };
    },
  };
}
