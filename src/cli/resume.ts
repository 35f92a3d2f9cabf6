import { dirname } from 'node:path';
import { verdictName } from '../app/report/files.js';
import { reportInstead } from '../app/report/write-report.js';
import { checkSameHost, checkSamePlan, checkSameTool } from '../app/same-run.js';
import { InputError } from '../contract/errors.js';
import { checkOutputPlaces } from '../files/outputs.js';
import { findScenarioFile } from '../plugins/find.js';
import { toolVersion } from '../plugins/module.js';
import type { RunHeader } from '../results/format.js';
import { isFinished, readLines } from '../results/reader.js';
import { scenarioNames } from './bench.js';
import { type BenchOptions, optionsOf } from './bench-options.js';
import { hostOfCells } from './cell-processes.js';
import type { ExitCode } from './exit.js';
import { prepare, scenarioIdOf } from './prepare.js';
import { resultsFileOf } from './stored-run.js';
import { interruptibly } from './temporary-folder.js';
import { note } from './terminal.js';

/**
 * `bench --resume`: goes on with a run that was cut off, in whatever way. Its own command line is read again and must
 * lead to the same plan; what it had measured is kept, and nothing is measured twice but the cell that was in flight.
 */
export async function resume(run: string): Promise<ExitCode> {
  const path = resultsFileOf(run);
  const written = readLines(path);
  const { header, lines } = written;
  if (isFinished(written)) return finishedAlready(path);
  checkSameTool(header, toolVersion(), path);
  checkOutputPlaces(dirname(path), [verdictName], reportInstead(run));
  return interruptibly(async (interruption, folder) => {
    const options = await optionsOf(header.command);
    const host = hostOfCells(options);
    checkSameHost(header, host);
    const name = scenarioOf(header, options);
    const plan = await prepare(name, options, {
      now: new Date(header.createdAt),
      host,
      folder,
      note,
      before: header,
    });
    checkSamePlan(header, plan.header, note);
    const { carryOut, openRun } = await import('./carry-out.js');
    const run = openRun(path, header, { written });
    const kept = lines.filter(({ type }) => type === 'cell').length;
    const torn = written.fileBytes > written.wholeBytes;
    note(
      `Going on with ${header.run}: ${kept} measured cells are kept.${torn ? ' A torn last line was dropped.' : ''}`,
    );
    interruption.nowMeasuring();
    return carryOut(plan, options, run, interruption.signal);
  });
}

/** Killed between the last cell and the report, a finished run may still lack its report. */
async function finishedAlready(path: string): Promise<ExitCode> {
  note('This run is finished already: there is nothing to measure. Its report is written again.');
  const { codeOfAnalysis, rebuild } = await import('./rebuild.js');
  return codeOfAnalysis(await rebuild(path, dirname(path)));
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
