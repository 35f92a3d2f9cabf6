import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Analysis } from '../analysis/types.js';
import type { AccountModel } from '../model/profile.js';
import type { Scaling } from '../model/scaling/scaling.js';
import type { LoadPackage } from './charts/picture.js';
import { filesBeforeCharts, reportFiles, verdictName } from './files.js';
import { answer, caution } from './verdict/answer.js';
import { chartsFolder } from './verdict/embedded.js';
import { overview } from './verdict/overview.js';
import type { WinnersTable } from './verdict/winners.js';
import { writeFiles } from './write-files.js';

/** Where a report was written. Paths are joined with the folder that was given. */
export interface WrittenReport {
  readonly verdictPath: string;
  readonly charts: readonly string[];
  /** Why charts are missing, as sentences with what to do; empty where nothing is. */
  readonly skipped: readonly string[];
  /** The answer, for a terminal: one sentence or a few, and what limits them. */
  readonly headline: readonly string[];
  /** Who wins in the warm account, one row per point, or what it costs; no rows where nothing was measured. */
  readonly table: WinnersTable;
}

/**
 * Writes verdict.md and charts/*.png into a folder, which is made where it is missing. The verdict is there before the
 * first chart is drawn, and again after the last, with its charts.
 */
export async function writeReport(
  analysis: Analysis,
  folder: string,
  load?: LoadPackage,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): Promise<WrittenReport> {
  writeFiles(filesBeforeCharts(analysis, models, scaling), folder);
  const { files, skipped } = reportFiles(analysis, load, models, scaling);
  clearCharts(join(folder, chartsFolder));
  writeFiles(files, folder);
  return {
    verdictPath: join(folder, verdictName),
    charts: files.filter((file) => 'bytes' in file).map(({ path }) => join(folder, path)),
    skipped,
    headline: [answer(analysis), ...caution(analysis)],
    table: overview(analysis),
  };
}

/** A chart of an earlier report that this one does not draw would pass for its own. */
function clearCharts(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) if (name.endsWith('.png')) rmSync(join(folder, name));
}
