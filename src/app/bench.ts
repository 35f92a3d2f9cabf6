import { dirname, join } from 'node:path';
import { InputError, RunError, UserError } from '../contract/errors.js';
import { formatBytes, formatWait } from '../document/units.js';
import { checkOutputPlaces } from '../files/outputs.js';
import { shellWord } from '../files/shell.js';
import { expectedMs, knownPrices, rememberPrices } from '../measure/known-prices.js';
import { withMemoryPrices } from '../measure/machine/fresh-memory.js';
import type { Measurement } from '../measure/measure.js';
import type { Plan } from '../measure/plan.js';
import { findScenarioFile } from '../plugins/find.js';
import { toolVersion } from '../plugins/module.js';
import type { RunHeader } from '../results/format.js';
import { resultsFileName } from '../results/journal.js';
import { isFinished, readLines } from '../results/reader.js';
import type { Caller } from './caller.js';
import { checkOutFolder, claimRunFolder } from './out.js';
import { checkBudget, tooFewRounds } from './plan/checks.js';
import { hostOfCells } from './plan/host.js';
import { type BenchOptions, scenarioNames } from './plan/options.js';
import { prepare, scenarioIdOf } from './plan/prepare.js';
import type { ReportedRun } from './report/verdict.js';
import type { OpenRun } from './run.js';
import { checkSameHost, checkSamePlan, checkSameTool } from './same-run.js';
import { resultsFileOf, saveBaseline } from './stored-run.js';
import { temporaryFolder, withTemporaryFolder } from './temporary-folder.js';

/** What became of one run: how it ended, and what its report says. */
export interface RunEnd extends ReportedRun {
  readonly status: Measurement['status'];
  /** A cell gave a wrong answer, or crashed. */
  readonly hasFailed: boolean;
}

/** Plans all that is asked for, and measures nothing; what the plans need is gone after `work`. */
export async function withPlans<Result>(
  options: BenchOptions,
  { note }: Pick<Caller, 'note'>,
  work: (plans: readonly Plan[]) => Promise<Result>,
): Promise<Result> {
  const folders = [];
  try {
    checkOutFolder(options.out);
    const seen = hostOfCells(options);
    const host = options.dryRun ? seen : withMemoryPrices(seen);
    const plans: Plan[] = [];
    for (const name of scenarioNames(options)) {
      const folder = temporaryFolder();
      folders.push(folder);
      const plan = await prepare(name, options, { now: new Date(), host, folder, note });
      checkBudget(plan);
      plans.push(plan);
    }
    return await work(plans);
  } finally {
    for (const folder of folders) folder.remove();
  }
}

/** Checks all that is asked for, then measures it, a run per scenario; `onEnd` hears of each before the next begins. */
export function bench(
  options: BenchOptions,
  caller: Caller,
  onEnd: (run: RunEnd) => Promise<void>,
): Promise<void> {
  return withPlans(options, caller, async (plans) => {
    for (const plan of plans) {
      const doubt = tooFewRounds(plan);
      if (doubt !== undefined) caller.note(doubt);
      await onEnd(await carryOut(plan, options, await newRun(plan, options), caller));
      if (caller.signal.aborted) break;
    }
  });
}

/** Makes the folder of a new run and its results file. */
async function newRun(plan: Plan, options: BenchOptions): Promise<OpenRun> {
  const { openRun } = await import('./run.js');
  const { header } = plan;
  const run = claimRunFolder(options.out, header.scenario.id, header.run);
  const path = join(options.out, header.scenario.id, run, resultsFileName);
  return openRun(path, { ...header, run, expectedMs: Math.round(expectedMs(plan, knownPrices(plan))) });
}

/** Measures one plan, cell by cell into its journal, and makes the report from the journal's file. */
async function carryOut(plan: Plan, options: BenchOptions, run: OpenRun, caller: Caller): Promise<RunEnd> {
  // What starts processes takes 0.1 s to load: bad input does not wait for it.
  const { isBad, measureRun, plannerFor } = await import('./run.js');
  const { path } = run.journal;
  const folder = dirname(path);
  announce(plan, caller);
  caller.beginMeasuring(`breakeven bench --resume ${shellWord(folder)}`);
  const measured = await measureRun(plan, run, {
    planner: plannerFor(plan.header),
    caller,
    processes: { cpus: options.cpus, nodeArgs: options.nodeArgs },
  });
  const { status, records } = measured;
  caller.note(
    status === 'finished'
      ? 'Measured. Writing charts and verdict …'
      : 'Interrupted. What was measured is kept; writing a partial report …',
  );
  rememberPrices(plan.header, measured);
  if (options.save !== undefined && status === 'finished')
    caller.note(`Kept as ${saveBaseline(options.out, options.save, plan.header.scenario.id, path)}`);
  return { ...(await report(path, folder, caller)), status, hasFailed: records.some(isBad) };
}

/** What is about to be measured, and on what. */
function announce({ header, runnable }: Plan, { note }: Caller): void {
  const { host, scenario } = header;
  const largest = Math.max(0, ...runnable.map(({ estimatedBytes }) => estimatedBytes));
  note(`${scenario.title}: ${scenario.question}`);
  note(
    `${host.cpu}, ${host.usableCores} usable ${host.usableCores === 1 ? 'core' : 'cores'}, Node ${host.node}. ` +
      `${runnable.length} cells${howMuch(header)}, each in a fresh process, up to ${formatBytes(largest)}.`,
  );
  if (new Set(runnable.map(({ strategy }) => strategy)).size === 1)
    note('Only one strategy takes part: add another with --strategy to have something to compare it with.');
}

function howMuch({ budgetMs, rounds, until }: RunHeader): string {
  if (budgetMs === undefined) return ` × ${rounds} rounds`;
  return until === undefined
    ? `, a budget of ${formatWait(budgetMs)}`
    : ` until every question is answered, ${formatWait(budgetMs)} at most`;
}

/** What the system refused (a full disk) needs no stack; anything else is our fault and keeps it. */
async function report(path: string, folder: string, { note }: Caller): Promise<ReportedRun> {
  try {
    // Charts and words take 0.1 s to load: bad input does not wait for them.
    const { reportRun } = await import('./report/verdict.js');
    return await reportRun(path, folder);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const again = `The results are kept. To try the report again: breakeven report ${shellWord(folder)}`;
    if (cause instanceof Error && (cause as NodeJS.ErrnoException).code !== undefined)
      throw new RunError(`the report could not be written: ${cause.message}. ${again}`, { cause });
    note(again);
    throw cause;
  }
}

/** What was found to go on with: a run that it went on with, or one that only lacked its report. */
export type Resumed =
  | ({ readonly kind: 'measured' } & RunEnd & { readonly options: BenchOptions })
  | ({ readonly kind: 'finished already' } & ReportedRun);

/**
 * Goes on with a run that was cut off, in whatever way. Its own command line is read again, by `readCommand`, and must
 * lead to the same plan; what it had measured is kept, and nothing is measured twice but the cell that was in flight.
 */
export async function resumeBench(
  run: string,
  readCommand: (command: readonly string[]) => Promise<BenchOptions>,
  caller: Caller,
): Promise<Resumed> {
  const { reportInstead, reportRun, verdictName } = await import('./report/verdict.js');
  const path = resultsFileOf(run);
  const written = readLines(path);
  const { header, lines } = written;
  if (isFinished(written)) {
    // Killed between the last cell and the report, it may still lack its report.
    caller.note('This run is finished already: there is nothing to measure. Its report is written again.');
    return { kind: 'finished already', ...(await reportRun(path, dirname(path))) };
  }
  checkSameTool(header, toolVersion(), path);
  checkOutputPlaces(dirname(path), [verdictName], reportInstead(run));
  return withTemporaryFolder(async (folder) => {
    const options = await readCommand(header.command);
    const host = hostOfCells(options);
    checkSameHost(header, host);
    const { note } = caller;
    const now = new Date(header.createdAt);
    const plan = await prepare(scenarioOf(header, options), options, {
      now,
      host,
      folder,
      note,
      before: header,
    });
    checkSamePlan(header, plan.header, note);
    const { openRun } = await import('./run.js');
    const open = openRun(path, header, { written });
    const kept = lines.filter(({ type }) => type === 'cell').length;
    const torn = written.fileBytes > written.wholeBytes;
    note(
      `Going on with ${header.run}: ${kept} measured cells are kept.${torn ? ' A torn last line was dropped.' : ''}`,
    );
    return { kind: 'measured', ...(await carryOut(plan, options, open, caller)), options };
  });
}

/** A command line may name several scenarios, each with a run of its own: which one is this? */
function scenarioOf(header: RunHeader, options: BenchOptions): string {
  for (const name of scenarioNames(options)) {
    if (scenarioIdOf(findScenarioFile(name).id, options) === header.scenario.id) return name;
  }
  throw new InputError(
    `the run's command line (${header.command.join(' ')}) leads to no scenario "${header.scenario.id}" any more.`,
  );
}
