import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { analyse } from '../../../src/analysis/analyse.js';
import { reportFiles } from '../../../src/app/report/verdict.js';
import { budgetPlanner } from '../../../src/measure/planner/budget.js';
import { settlingPlanner } from '../../../src/measure/planner/settling.js';
import { readResults } from '../../../src/results/reader.js';
import { simulateInFolder } from '../simulated/file-run.js';
import type { SimulatedRun } from '../simulated/run.js';
import { exampleRun } from '../synthetic.js';

/** Which planner, and so whether points are added on the way. */
export type Mode = 'rounds' | 'budget';

/** A run that has it all: a drift, slow processes, a cell at its limit, cells that stop early, added points. */
export function interruptedRun(mode: Mode): SimulatedRun {
  return {
    run: {
      ...exampleRun,
      sweeps: [{ keys: [8], length: [1_000, 256_000] }],
      seed: 7,
      rounds: 5,
      limitMs: 800,
    },
    disturbance: {
      process: 0.04,
      account: 0.02,
      sample: 0.03,
      slowMode: { share: 0.1, by: 0.2 },
      drift: { by: 0.1, overMs: 60_000 },
      firstRound: 0.05,
    },
    planner: mode === 'rounds' ? settlingPlanner() : budgetPlanner({ budgetMs: 150_000, mostRounds: 12 }),
  };
}

/** The verdict as it would be written, from the results file alone. */
export function verdictOf(path: string): string {
  const { files } = reportFiles(analyse(readResults(path)), () => {
    throw new Error('no charts here');
  });
  const verdict = files.find((file) => file.path === 'verdict.md');
  return verdict !== undefined && 'text' in verdict ? verdict.text : '';
}

/* As a program: `simulated-run.js FOLDER MODE LOG`. Each cell is noted in LOG before it is measured. */
const [folder, mode, log] = process.argv.slice(2);
if (process.argv[1]?.endsWith('simulated-run.js') && folder !== undefined) {
  process.stdout.write('started\n');
  await simulateInFolder(interruptedRun(mode === 'budget' ? 'budget' : 'rounds'), folder, {
    beforeCell: async (cell, round) => {
      appendFileSync(log, `${cell} ${round}\n`);
      await sleep(1);
    },
  });
}
