import { join } from 'node:path';
import { realClock } from '../measure/executor.js';
import { measure } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { processExecutor } from '../measure/process-executor.js';
import { settlingPlanner } from '../planner/settling.js';
import { createJournal } from '../results/journal.js';
import type { BenchOptions } from './bench-options.js';
import { ExitCode, worstOf } from './exit.js';
import { claimRunFolder } from './out-folder.js';
import { Progress } from './progress.js';
import { isUndecided, rebuild } from './rebuild.js';
import { appendStepSummary } from './step-summary.js';
import { note } from './terminal-lines.js';

/** Measures one plan, cell by cell into its journal, and makes the report from the journal's file. */
export async function carryOut(plan: Plan, options: BenchOptions, signal: AbortSignal): Promise<ExitCode> {
  const { header } = plan;
  const run = claimRunFolder(options.out, header.scenario.id, header.run);
  const folder = join(options.out, header.scenario.id, run);
  const journal = createJournal(folder, { ...header, run });
  const progress = new Progress(plan);
  const beganMs = realClock.nowMs();
  progress.begin();
  const { status, records } = await measure(plan, {
    executor: processExecutor({ cpus: options.cpus, nodeArgs: options.nodeArgs }),
    clock: realClock,
    planner: settlingPlanner(),
    journal,
    signal,
    onEvent: (event) => progress.show(event),
  });
  journal.close();
  progress.end(status, realClock.nowMs() - beganMs);
  const analysis = await rebuild(journal.path, folder).catch((cause: unknown) => {
    note(`The results are kept. To try the report again: breakeven report ${folder}`);
    throw cause;
  });
  appendStepSummary(analysis);
  const bad = records.some(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
  return worstOf([
    status === 'interrupted' ? ExitCode.interrupted : ExitCode.fine,
    bad ? ExitCode.foundSomethingBad : ExitCode.fine,
    options.strict && isUndecided(analysis) ? ExitCode.undecided : ExitCode.fine,
  ]);
}
