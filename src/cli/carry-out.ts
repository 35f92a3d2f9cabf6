import { dirname, join } from 'node:path';
import { RunError, UserError } from '../contract/errors.js';
import { shellWord } from '../files/shell.js';
import { expectedMs, knownPrices, rememberPrices } from '../measure/known-prices.js';
import { machineWatch } from '../measure/machine/watch.js';
import { type EarlierLine, type Measurement, measure, type Planner, realClock } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { processExecutor } from '../measure/process-executor.js';
import { budgetPlanner } from '../planner/budget.js';
import { everyRound } from '../planner/rounds.js';
import { settlingPlanner } from '../planner/settling.js';
import { summary } from '../report/verdict-page.js';
import { createJournal, type Journal } from '../results/journal.js';
import { saveBaseline } from './baseline.js';
import type { BenchOptions } from './bench-options.js';
import { ExitCode, worstOf } from './exit.js';
import { claimRunFolder } from './out-folder.js';
import { Progress } from './progress.js';
import { codeOfAnalysis, isUndecided, isUnfit, rebuild } from './rebuild.js';
import { noteRunInProgress } from './run-in-progress.js';
import { appendStepSummary } from './step-summary.js';
import { note } from './terminal-lines.js';

/** Where a run is written, and what it had measured before it was cut off. */
export interface OpenRun {
  readonly journal: Journal;
  readonly earlier?: readonly EarlierLine[];
}

/** Makes the folder of a new run and its results file. */
export function newRun(plan: Plan, options: BenchOptions): OpenRun {
  const { header } = plan;
  const run = claimRunFolder(options.out, header.scenario.id, header.run);
  const folder = join(options.out, header.scenario.id, run);
  return {
    journal: createJournal(folder, {
      ...header,
      run,
      expectedMs: Math.round(expectedMs(plan, knownPrices(plan))),
    }),
  };
}

/** Measures one plan, cell by cell into its journal, and makes the report from the journal's file. */
export async function carryOut(
  plan: Plan,
  options: BenchOptions,
  { journal, earlier }: OpenRun,
  signal: AbortSignal,
): Promise<ExitCode> {
  const progress = new Progress(plan);
  const beganMs = realClock.nowMs();
  let measured: Measurement;
  const endRun = noteRunInProgress(`breakeven bench --resume ${shellWord(dirname(journal.path))}`);
  try {
    progress.begin();
    measured = await measure(plan, {
      executor: processExecutor({ cpus: options.cpus, nodeArgs: options.nodeArgs }),
      clock: realClock,
      planner: plannerOf(plan),
      journal,
      signal,
      watch: machineWatch(),
      ...(earlier ? { earlier } : {}),
      onEvent: (event) => progress.show(event),
    });
  } finally {
    journal.close();
    endRun();
  }
  const { status, records } = measured;
  progress.end(status, realClock.nowMs() - beganMs);
  rememberPrices(plan.header, measured);
  if (options.save !== undefined && status === 'finished')
    note(`Kept as ${saveBaseline(options.out, options.save, plan.header.scenario.id, journal.path)}`);
  const folder = dirname(journal.path);
  const analysis = await rebuild(journal.path, folder).catch((cause: unknown) => {
    throw notReported(folder, cause);
  });
  appendStepSummary(() => summary(analysis));
  const bad = records.some(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
  return worstOf([
    status === 'interrupted' ? ExitCode.interrupted : ExitCode.fine,
    bad ? ExitCode.foundSomethingBad : ExitCode.fine,
    isUnfit(analysis) ? ExitCode.unfit : ExitCode.fine,
    status === 'interrupted' ? ExitCode.fine : codeOfAnalysis(analysis),
    options.strict && isUndecided(analysis) ? ExitCode.undecided : ExitCode.fine,
  ]);
}

/** Doubt decides where there is a budget, rounds where there is none: all of them where nobody is anybody's rival. */
function plannerOf({ header }: Plan): Planner {
  const { budgetMs, scenario } = header;
  if (budgetMs === undefined && scenario.prices?.alone) return everyRound();
  return budgetMs === undefined ? settlingPlanner() : budgetPlanner({ budgetMs });
}

/** What the system refused (a full disk) needs no stack; anything else is our fault and keeps it. */
function notReported(folder: string, cause: unknown): unknown {
  if (cause instanceof UserError) return cause;
  const again = `The results are kept. To try the report again: breakeven report ${shellWord(folder)}`;
  if (cause instanceof Error && (cause as NodeJS.ErrnoException).code !== undefined)
    return new RunError(`the report could not be written: ${cause.message}. ${again}`, { cause });
  note(again);
  return cause;
}
