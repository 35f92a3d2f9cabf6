import type { Analysis } from '../../analysis/types.js';
import { composeCharts } from '../../documents/charts/charts.js';
import { chartsFolder } from '../../documents/verdict/charts.js';
import { type VerdictParts, verdictDocument } from '../../documents/verdict/verdict.js';
import type { OutputFile } from '../../files/outputs.js';
import type { AccountModel } from '../../model/profile.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { renderMarkdown } from '../../render/markdown.js';
import { drawCharts, type LoadPackage, markUndrawn, notDrawnYet } from '../../render/png.js';
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

/**
 * Everything that is written for an analysis. Equal analyses give equal bytes: no clock, no place on a machine, and a
 * font of its own. A chart that cannot be drawn is left out, and the verdict says why.
 */
export function reportFiles(
  analysis: Analysis,
  load?: LoadPackage,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): Report {
  const { charts, failed } = composeCharts(analysis);
  const { drawn, missing } = drawCharts(charts, again, load, failed);
  const parts = { charts: markUndrawn(charts, drawn), skipped: missing, models, scaling };
  const pictures = drawn.map(({ chart, bytes }) => ({ path: `${chartsFolder}/${chart.name}`, bytes }));
  return { files: [...verdictFiles(analysis, parts), ...pictures], skipped: missing };
}

/** What is written before the first chart is drawn: native code that draws may end the whole process. */
export function filesBeforeCharts(
  analysis: Analysis,
  models: readonly AccountModel[] = [],
  scaling: readonly Scaling[] = [],
): readonly OutputFile[] {
  const charts = markUndrawn(composeCharts(analysis).charts, []);
  return verdictFiles(analysis, { charts, skipped: [notDrawnYet(again)], models, scaling });
}

/** One document, in words and as data. */
function verdictFiles(analysis: Analysis, parts: VerdictParts): OutputFile[] {
  const document = verdictDocument(analysis, parts);
  return [
    { path: verdictName, text: renderMarkdown(document) },
    { path: verdictDataName, text: verdictJson(document) },
  ];
}
