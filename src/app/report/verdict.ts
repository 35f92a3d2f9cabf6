import { analyse } from '../../analysis/analyse.js';
import type { Analysis } from '../../analysis/types.js';
import type { Document } from '../../document/document.js';
import { composeCharts, type ReportChart } from '../../documents/charts/charts.js';
import {
  composeVerdict,
  summaryDocument,
  type VerdictParts,
  verdictDocument,
  withPictures,
} from '../../documents/verdict/verdict.js';
import { pinFolder } from '../../files/pinned-folders.js';
import { shellWord } from '../../files/shell.js';
import { type AccountModel, modelsOf } from '../../model/profile.js';
import type { Bandwidth } from '../../model/scaling/roof.js';
import { type Scaling, scalingOf } from '../../model/scaling/scaling.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';
import type { LoadPackage } from '../../render/png.js';
import { readResults } from '../../results/reader.js';
import { makePageFiles, type Page, type PageFiles, type WrittenPage, writePage } from './page.js';

/** File name of the verdict. */
export const verdictName = 'verdict.md';

/** File name of the same document as data, with all that it is made from. */
const verdictDataName = 'verdict.json';

/** What `verdict.json` says it is; its shape is schema/verdict.json, its history is told in reports/README.md. */
const about = { format: 'breakeven-verdict', version: 3 };

/** What a run came to, and where that is written. */
export interface ReportedRun {
  readonly analysis: Analysis;
  readonly scaling: readonly Scaling[];
  readonly written: WrittenPage;
}

/** From a results file to charts and verdict in a folder: the one way for a run that was just measured, and for a stored one. */
export async function reportRun(
  resultsPath: string,
  folder: string,
  bandwidth?: Bandwidth,
): Promise<ReportedRun> {
  pinFolder(folder);
  const results = readResults(resultsPath);
  const analysis = analyse(results);
  const models = modelsOf(results);
  const scaling = scalingOf(results, models, { bandwidth });
  const page = verdictPage(analysis, models, scaling);
  return { analysis, scaling, written: await writePage(page, folder, reportInstead(resultsPath)) };
}

/** What to do where a file of somebody else's is in the way of the report of this run: its folder, or its results file. */
export function reportInstead(run: string): string {
  return `Rename that file, or write the report elsewhere: breakeven report ${shellWord(run)} --to FOLDER`;
}

/** All files of a report. */
export function reportFiles(
  analysis: Analysis,
  load?: LoadPackage,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): PageFiles {
  return makePageFiles(verdictPage(analysis, models, scaling), load);
}

/** The same document in words and as data, with its charts. It is composed once, whatever becomes of these. */
export function verdictPage(
  analysis: Analysis,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): Page<ReportChart> {
  const composed = composeCharts(analysis);
  const verdict = composeVerdict(analysis, { charts: composed.charts, models, scaling });
  return {
    ...composed,
    again: 'breakeven report with this folder',
    texts: (charts, missing) => {
      const drawn = charts.filter(({ undrawn }) => undrawn !== true).map(({ name }) => name);
      const document = withPictures(verdict, drawn, missing);
      return [
        { path: verdictName, text: renderMarkdown(document) },
        { path: verdictDataName, text: verdictJson(document) },
      ];
    },
  };
}

/** The verdict as data: the same document, with each figure resolved, and all that it is made from. */
export function verdictJson(document: Document): string {
  return renderJson(document, about);
}

/** The verdict as Markdown. */
export function verdict(analysis: Analysis, parts: VerdictParts): string {
  return renderMarkdown(verdictDocument(analysis, parts));
}

/** The first screen, for `$GITHUB_STEP_SUMMARY`. */
export function summary(analysis: Analysis, scaling: readonly Scaling[] = []): string {
  return renderMarkdown(summaryDocument(analysis, scaling));
}
