import { dirname, join } from 'node:path';
import { summary } from '../app/report/verdict-page.js';
import { measureRun, type OpenRun, openRun, plannerFor } from '../app/run.js';
import { RunError, UserError } from '../contract/errors.js';
import { shellWord } from '../files/shell.js';
import { expectedMs, knownPrices, rememberPrices } from '../measure/known-prices.js';
import { realClock } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { resultsFileName } from '../results/journal.js';
import type { BenchOptions } from './bench-options.js';
import { ExitCode, worstOf } from './exit.js';
import { noteRunInProgress } from './last-words.js';
import { claimRunFolder } from './out.js';
import { Progress } from './progress.js';
import { codeOfAnalysis, isUndecided, isUnfit, rebuild } from './rebuild.js';
import { saveBaseline } from './stored-run.js';
import { appendStepSummary, note } from './terminal.js';

export { openRun };

/** Makes the folder of a new run and its results file. */
export function newRun(plan: Plan, options: BenchOptions): OpenRun {
  const { header } = plan;
  const run = claimRunFolder(options.out, header.scenario.id, header.run);
  const path = join(options.out, header.scenario.id, run, resultsFileName);
  return openRun(path, { ...header, run, expectedMs: Math.round(expectedMs(plan, knownPrices(plan))) });
}

/** Measures one plan, cell by cell into its journal, and makes the report from the journal's file. */
export async function carryOut(
  plan: Plan,
  options: BenchOptions,
  run: OpenRun,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { path } = run.journal;
  const folder = dirname(path);
  const progress = new Progress(plan);
  const beganMs = realClock.nowMs();
  const endRun = noteRunInProgress(`breakeven bench --resume ${shellWord(folder)}`);
  progress.begin();
  const measured = await measureRun(plan, run, {
    planner: plannerFor(plan.header),
    signal,
    processes: { cpus: options.cpus, nodeArgs: options.nodeArgs },
    onEvent: (event) => progress.show(event),
  }).finally(endRun);
  const { status, records } = measured;
  progress.end(status, realClock.nowMs() - beganMs);
  rememberPrices(plan.header, measured);
  if (options.save !== undefined && status === 'finished')
    note(`Kept as ${saveBaseline(options.out, options.save, plan.header.scenario.id, path)}`);
  const analysis = await rebuild(path, folder).catch((cause: unknown) => {
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

/** What the system refused (a full disk) needs no stack; anything else is our fault and keeps it. */
function notReported(folder: string, cause: unknown): unknown {
  if (cause instanceof UserError) return cause;
  const again = `The results are kept. To try the report again: breakeven report ${shellWord(folder)}`;
  if (cause instanceof Error && (cause as NodeJS.ErrnoException).code !== undefined)
    return new RunError(`the report could not be written: ${cause.message}. ${again}`, { cause });
  note(again);
  return cause;
}
