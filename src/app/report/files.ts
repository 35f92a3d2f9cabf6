import type { Analysis } from '../../analysis/types.js';
import type { Document } from '../../document/document.js';
import { composeCharts } from '../../documents/charts/charts.js';
import { chartsFolder } from '../../documents/verdict/charts.js';
import { composeVerdict, type VerdictDocument, withPictures } from '../../documents/verdict/verdict.js';
import type { OutputFile } from '../../files/outputs.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { renderMarkdown } from '../../render/markdown.js';
import { drawCharts, type LoadPackage, notDrawnYet } from '../../render/png.js';
import { verdictJson } from './verdict-page.js';

/** All outputs of a report, and what could not be drawn, as sentences. */
export interface Report {
  readonly files: readonly OutputFile[];
  readonly skipped: readonly string[];
}

const again = 'breakeven report with this folder';

/** File name of the verdict. */
export const verdictName = 'verdict.md';

/** File name of the same document as data, with all that it is made from. */
export const verdictDataName = 'verdict.json';

/** A verdict and the charts that are to be drawn for it. */
export interface ComposedReport extends ReturnType<typeof composeCharts> {
  readonly verdict: VerdictDocument;
}

/** The one document of a report: whatever becomes of its charts, it is not composed again. */
export function composeReport(
  analysis: Analysis,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): ComposedReport {
  const composed = composeCharts(analysis);
  return { ...composed, verdict: composeVerdict(analysis, { charts: composed.charts, models, scaling }) };
}

/**
 * Everything that is written for an analysis. Equal analyses give equal bytes: no clock, no place on a machine, and a
 * font of its own. A chart that cannot be drawn is left out, and the verdict says why.
 */
export function reportFiles(
  analysis: Analysis,
  load?: LoadPackage,
  models?: readonly AccountModel[],
  scaling?: readonly Scaling[],
): Report {
  return drawReport(composeReport(analysis, models, scaling), load);
}

/** The same of a report that is composed. */
export function drawReport({ verdict, charts, failed }: ComposedReport, load?: LoadPackage): Report {
  const { drawn, missing } = drawCharts(charts, again, load, failed);
  const pictures = drawn.map(({ chart, bytes }) => ({ path: `${chartsFolder}/${chart.name}`, bytes }));
  const names = drawn.map(({ chart }) => chart.name);
  return {
    files: [...verdictFiles(withPictures(verdict, names, missing)), ...pictures],
    skipped: missing,
  };
}

/** What is written before the first chart is drawn: native code that draws may end the whole process. */
export function filesBeforeCharts({ verdict }: ComposedReport): readonly OutputFile[] {
  return verdictFiles(withPictures(verdict, [], [notDrawnYet(again)]));
}

/** One document, in words and as data. */
function verdictFiles(document: Document): OutputFile[] {
  return [
    { path: verdictName, text: renderMarkdown(document) },
    { path: verdictDataName, text: verdictJson(document) },
  ];
}
