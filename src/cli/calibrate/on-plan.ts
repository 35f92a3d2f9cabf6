import type { Plan } from '../../measure/plan.js';
import type { BenchOptions } from '../bench-options.js';
import { hostOfCells } from '../cell-processes.js';
import { listenForInterruption } from '../interruption.js';
import { prepare } from '../prepare.js';
import { temporaryFolder } from '../temporary-folder.js';
import { note } from '../terminal-lines.js';

const options: BenchOptions = {
  quick: true,
  // The formulas' errors show the noise: more points tell more than more rounds.
  rounds: 1,
  seed: 1,
  nodeArgs: [],
  out: '',
  dryRun: false,
  strict: false,
  limitMs: 10_000,
  axes: {},
  command: ['calibrate'],
};

/**
 * Plans one quick round of a scenario with such changes, has it measured, and clears away. Undefined where it was
 * interrupted. Throws an InputError as `bench` does.
 */
export async function onPlan<T>(
  scenario: string,
  changes: Partial<BenchOptions>,
  measured: (plan: Plan, signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const asked = { ...options, ...changes };
  const interruption = listenForInterruption();
  const folder = temporaryFolder();
  try {
    const host = hostOfCells(asked);
    const plan = await prepare(scenario, asked, { now: new Date(), host, folder, note });
    interruption.nowMeasuring();
    const result = await measured(plan, interruption.signal);
    return interruption.signal.aborted ? undefined : result;
  } finally {
    interruption.dispose();
    folder.remove();
  }
}
