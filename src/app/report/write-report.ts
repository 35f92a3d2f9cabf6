import { join } from 'node:path';
import type { Analysis } from '../../analysis/types.js';
import { replaceTextsFirst } from '../../files/outputs.js';
import { shellWord } from '../../files/shell.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import type { LoadPackage } from '../../render/png.js';
import { composeReport, drawReport, filesBeforeCharts, type Report, verdictName } from './files.js';

/** Where a report was written. Paths are joined with the folder that was given. */
export interface WrittenReport {
  readonly verdictPath: string;
  readonly charts: readonly string[];
  /** Why charts are missing, as sentences with what to do; empty where nothing is. */
  readonly skipped: readonly string[];
}

/** What to do where a file of somebody else's is in the way of the report of this run: its folder, or its results file. */
export function reportInstead(run: string): string {
  return `Rename that file, or write the report elsewhere: breakeven report ${shellWord(run)} --to FOLDER`;
}

/**
 * Writes verdict.md and charts/*.png into a folder, which is made where it is missing, in place of those of an earlier
 * report. The verdict is there before the first chart is drawn, and again after the last, with its charts. Throws an
 * InputError, which ends with `instead`, before it writes over anything else.
 */
export async function writeReport(
  analysis: Analysis,
  folder: string,
  load?: LoadPackage,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
  instead = reportInstead(folder),
): Promise<WrittenReport> {
  const composed = composeReport(analysis, models, scaling);
  let report: Report = { files: [], skipped: [] };
  const makeAll = () => {
    report = drawReport(composed, load);
    return report.files;
  };
  replaceTextsFirst(folder, filesBeforeCharts(composed), makeAll, instead);
  const { files, skipped } = report;
  return {
    verdictPath: join(folder, verdictName),
    charts: files.filter((file) => 'bytes' in file).map(({ path }) => join(folder, path)),
    skipped,
  };
}
