import { shippedScenarioFiles } from '../catalog/scenario-files.js';
import type { Plan } from '../measure/plan.js';
import type { BenchOptions } from './bench-options.js';
import { checkBudget, tooFewRounds } from './budget.js';
import { hostOfCells } from './cell-processes.js';
import { type ExitCode, worstOf } from './exit.js';
import { listenForInterruption } from './interruption.js';
import { checkOutFolder } from './out-folder.js';
import { prepare } from './prepare.js';
import { temporaryFolder } from './temporary-folder.js';
import { note } from './terminal-lines.js';

const defaultScenario = 'large-lists';

/** `bench`: checks all that was asked for, then measures it scenario by scenario. Ends with the worst of their codes. */
export async function bench(options: BenchOptions): Promise<ExitCode> {
  const interruption = listenForInterruption();
  const folders = [];
  try {
    checkOutFolder(options.out);
    const host = hostOfCells(options);
    const plans: Plan[] = [];
    for (const name of scenarioNames(options)) {
      const folder = temporaryFolder();
      folders.push(folder);
      const plan = await prepare(name, options, { now: new Date(), host, folder, note });
      checkBudget(plan);
      plans.push(plan);
    }
    if (options.dryRun) {
      const { dryRun } = await import('./dry-run.js');
      return dryRun(plans);
    }
    // Execa, charts and the terminal library take 0.2 s to load: bad input does not wait for them.
    const { carryOut, newRun } = await import('./carry-out.js');
    interruption.nowMeasuring();
    const codes: ExitCode[] = [];
    for (const plan of plans) {
      const doubt = tooFewRounds(plan);
      if (doubt !== undefined) note(doubt);
      codes.push(await carryOut(plan, options, newRun(plan, options), interruption.signal));
      if (interruption.signal.aborted) break;
    }
    return worstOf(codes);
  } finally {
    interruption.dispose();
    for (const folder of folders) folder.remove();
  }
}

/** `all` stands for those that ship; files may stand beside it. */
export function scenarioNames({ scenarios = [defaultScenario] }: BenchOptions): string[] {
  const shipped = scenarios.includes('all') ? shippedScenarioFiles().map(({ id }) => id) : [];
  return [...new Set([...shipped, ...scenarios.filter((name) => name !== 'all')])];
}
