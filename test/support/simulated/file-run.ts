import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Executor, measure, Past } from '../../../src/measure/measure.js';
import { createJournal, reopenJournal, resultsFileName } from '../../../src/results/journal.js';
import { isFinished, readLines } from '../../../src/results/reader.js';
import { simulatedClock } from './clock.js';
import { simulatedExecutor } from './executor.js';
import { simulatedPlan } from './plan.js';
import type { SimulatedRun } from './run.js';

export interface FileRunOptions {
  /** Real time that each cell takes besides, so that somebody can end the process in the middle. */
  beforeCell?(cell: string, round: number): Promise<void>;
}

/**
 * A simulated run with its journal on disk, as a real run has it; begun where the folder holds none, else gone on
 * with. Returns the path of the results file.
 */
export async function simulateInFolder(
  { run, disturbance, planner }: SimulatedRun,
  folder: string,
  { beforeCell }: FileRunOptions = {},
): Promise<string> {
  const plan = await simulatedPlan(run);
  const path = join(folder, resultsFileName);
  const written = existsSync(path) ? readLines(path) : undefined;
  const earlier = written?.lines ?? [];
  if (isFinished({ lines: earlier })) return path;
  const clock = simulatedClock(await endMs(earlier));
  const models = simulatedExecutor({ models: run.strategies, disturbance, clock, seed: run.seed ?? 1 });
  const executor: Executor = {
    run: async (order, signal) => {
      await beforeCell?.(order.cell, order.round ?? 0);
      return models.run(order, signal);
    },
  };
  const journal = written ? reopenJournal(path, written) : createJournal(folder, plan.header);
  const signal = new AbortController().signal;
  try {
    await measure(plan, { executor, clock, planner, journal, signal, earlier, onEvent: () => {} });
  } finally {
    journal.close();
  }
  return path;
}

type Lines = ReturnType<typeof readLines>['lines'];

/** The simulated machine's time goes on where the run's own does: its drift depends on it. */
async function endMs(lines: Lines): Promise<number> {
  const past = new Past(lines);
  await past.takeRest({ add: async () => [] }, () => {});
  return past.nowMs;
}
