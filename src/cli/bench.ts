import { accessSync, appendFileSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { InputError } from '../catalog/problem.js';
import { shippedScenarios } from '../catalog/scenario.js';
import { realClock } from '../measure/executor.js';
import { measure } from '../measure/measure.js';
import { processExecutor } from '../measure/process-executor.js';
import { everyRound } from '../measure/rounds.js';
import { createJournal } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import type { BenchOptions } from './bench-options.js';
import { dryRun } from './dry-run.js';
import { ExitCode } from './exit.js';
import { prepare } from './prepare.js';
import { Progress } from './progress.js';
import { printResult } from './result-table.js';
import { checkTaskset } from './taskset.js';

/** `bench`: measures every scenario that was asked for. Ends with the most serious of their exit codes. */
export async function bench(options: BenchOptions): Promise<ExitCode> {
  const names = options.scenarios.includes('all')
    ? (await shippedScenarios()).map(({ id }) => id)
    : [...new Set(options.scenarios)];
  checkWritable(options.out);
  checkTaskset(options.cpus);
  const interruption = interruptible();
  let worst: ExitCode = ExitCode.fine;
  try {
    for (const name of names) {
      const code = await benchOne(name, options, interruption.signal);
      if (code === ExitCode.interrupted) return code;
      worst = Math.max(worst, code);
    }
  } finally {
    interruption.dispose();
  }
  return worst;
}

async function benchOne(name: string, options: BenchOptions, signal: AbortSignal): Promise<ExitCode> {
  const { plan, dispose } = await prepare(name, options, new Date());
  try {
    if (options.dryRun) return dryRun(plan);
    const folder = join(options.out, plan.header.scenario.id, plan.header.run);
    const journal = createJournal(folder, plan.header);
    const progress = new Progress(plan);
    progress.begin();
    const cells = plan.runnable.map(({ id }) => id);
    const { rounds, seed } = plan.header;
    const { status, records } = await measure(plan, {
      executor: processExecutor({ cpus: options.cpus, nodeArgs: options.nodeArgs }),
      clock: realClock,
      planner: everyRound({ cells, rounds, seed }),
      journal,
      signal,
      onEvent: (event) => progress.show(event),
    });
    journal.close();
    progress.end(status);
    // Charts and verdict come from the file, by the same way as `report` makes them.
    await writeOutputs(journal.path, folder);
    if (status === 'interrupted') return ExitCode.interrupted;
    const bad = records.some(({ outcome }) => outcome.status === 'wrong' || outcome.status === 'crashed');
    return bad ? ExitCode.foundSomethingBad : ExitCode.fine;
  } finally {
    dispose();
  }
}

async function writeOutputs(resultsPath: string, folder: string): Promise<void> {
  const { writeReport, summary } = await import('../report/report.js');
  const analysis = analyse(readResults(resultsPath));
  const written = await writeReport(analysis, folder);
  if (process.env.GITHUB_STEP_SUMMARY)
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${summary(analysis)}\n`);
  printResult(analysis, written);
}

function checkWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new InputError(
      `--out ${folder} cannot be written (${(cause as NodeJS.ErrnoException).code}): choose another folder.`,
      { cause },
    );
  }
}

/** The first Ctrl-C asks the run to end with what it has; a second one ends it at once. */
function interruptible(): { signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}
