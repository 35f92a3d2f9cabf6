import { dirname } from 'node:path';
import { type MachineWatch, machineWatch } from '../measure/machine/watch.js';
import { type EarlierLine, type Measurement, measure, type Planner, realClock } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { budgetPlanner } from '../measure/planner/budget.js';
import { everyRound } from '../measure/planner/rounds.js';
import { settlingPlanner } from '../measure/planner/settling.js';
import { type ProcessExecutorOptions, processExecutor } from '../measure/process-executor.js';
import type { CellRecord, Results, RunHeader } from '../results/format.js';
import { createJournal, type Journal, reopenJournal } from '../results/journal.js';
import type { WrittenLines } from '../results/reader.js';
import type { Caller } from './caller.js';

/** Where a run is written, and what it had measured before it was cut off. */
export interface OpenRun {
  readonly journal: Journal;
  readonly earlier?: readonly EarlierLine[];
}

/**
 * Opens the results file of a run: a new one that begins with the header, or, where lines of it were written before, the
 * same one to go on with. `goOn`: the command that goes on with it should it be cut off; absent for that of `bench`.
 */
export function openRun(
  path: string,
  header: RunHeader,
  { written, goOn }: { readonly written?: WrittenLines; readonly goOn?: string } = {},
): OpenRun {
  return written === undefined
    ? { journal: createJournal(dirname(path), header, goOn) }
    : { journal: reopenJournal(path, written, goOn), earlier: written.lines };
}

/** What runs a cell, and looks at the machine around it. */
type CellParts = Pick<Parameters<typeof measure>[1], 'executor'> & { readonly watch: MachineWatch };

/** How a run is measured, besides its plan. */
export interface Running {
  readonly planner: Planner;
  readonly caller: Pick<Caller, 'signal' | 'watch'>;
  /** How the processes of cells are started. */
  readonly processes?: ProcessExecutorOptions;
  /** Another way than one cell after the other: what runs cells and looks at the machine, made of what does so. */
  arrange?(solo: CellParts): CellParts;
}

/**
 * The one assembly of a measurement: a fresh process per cell, the real clock, a look at the machine around each cell,
 * every outcome in the journal before the next cell begins. Closes the journal, however that ends.
 */
export async function measureRun(
  plan: Plan,
  { journal, earlier }: OpenRun,
  how: Running,
): Promise<Measurement> {
  const { planner, caller, processes, arrange } = how;
  const solo = { executor: processExecutor(processes), watch: machineWatch() };
  const { executor, watch } = arrange?.(solo) ?? solo;
  const watcher = caller.watch(plan);
  try {
    return await measure(plan, {
      executor,
      clock: realClock,
      watch,
      planner,
      journal,
      earlier,
      signal: caller.signal,
      onEvent: (event) => watcher.show(event),
    });
  } finally {
    journal.close();
    watcher.end();
  }
}

/** The same without a file: whole records, where nobody is to find them later. */
export async function measureUnkept(plan: Plan, how: Running): Promise<Results> {
  const records: CellRecord[] = [];
  const append: Journal['append'] = (line) => {
    if (line.type === 'cell') records.push(line);
  };
  await measureRun(plan, { journal: { path: '', append, close: () => {} } }, how);
  return { header: plan.header, records, notes: [] };
}

/** Doubt decides where there is a budget, rounds where there is none: all of them where nobody is anybody's rival. */
export function plannerFor({ budgetMs, until, scenario }: RunHeader): Planner {
  if (budgetMs !== undefined) return budgetPlanner({ budgetMs, until });
  return scenario.prices?.alone ? everyRound() : settlingPlanner();
}

/** It gave a wrong answer, or crashed. */
export function isBad({ outcome }: Measurement['records'][number]): boolean {
  return outcome.status === 'wrong' || outcome.status === 'crashed';
}
