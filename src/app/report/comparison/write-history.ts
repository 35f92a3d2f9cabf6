import { join } from 'node:path';
import type { HistoryReport } from '../../../compare/history/history.js';
import type { ShownChart } from '../../../document/chart.js';
import { composeAll } from '../../../documents/charts/recipe.js';
import { historyDocument } from '../../../documents/history.js';
import { historyRecipes } from '../../../documents/history-charts.js';
import { chartsFolder } from '../../../documents/verdict/charts.js';
import { replaceTextsFirst } from '../../../files/outputs.js';
import { renderJson } from '../../../render/json.js';
import { renderMarkdown } from '../../../render/markdown.js';
import { drawCharts, markUndrawn } from '../../../render/png.js';
import { comparisonInstead, type WrittenComparison } from './write-comparison.js';

/*
 * History of the version:
 *   1  first version
 */
const pageFormat = 'breakeven-history-page';
const pageVersion = 1;

const again = 'breakeven compare --history with the same file';

/** The history for people and for programs. */
export function historyTexts(
  report: HistoryReport,
  charts: readonly ShownChart[],
): readonly { readonly path: string; readonly text: string }[] {
  const document = historyDocument(report, charts);
  return [
    { path: 'history.md', text: renderMarkdown(document) },
    { path: 'history.json', text: renderJson(document, { format: pageFormat, version: pageVersion }) },
  ];
}

/**
 * Writes the pages and pictures of a history into a folder, in place of earlier ones: the texts before the first chart is
 * drawn, too. Equal histories give equal bytes. Throws an InputError before it writes over anything else.
 */
export function writeHistory(report: HistoryReport, folder: string): WrittenComparison {
  const { charts, failed } = composeAll(historyRecipes(report));
  let skipped: readonly string[] = [];
  const makeAll = () => {
    const { drawn, missing } = drawCharts(charts, again, undefined, failed);
    skipped = missing;
    return [
      ...historyTexts(report, markUndrawn(charts, drawn)),
      ...drawn.map(({ chart: { name }, bytes }) => ({ path: `${chartsFolder}/${name}`, bytes })),
    ];
  };
  replaceTextsFirst(folder, historyTexts(report, markUndrawn(charts, [])), makeAll, comparisonInstead);
  return { markdownPath: join(folder, 'history.md'), skipped };
}
