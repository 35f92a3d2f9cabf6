import type { HistoryReport } from '../../compare/history/history.js';
import type { ShownChart } from '../../document/chart.js';
import { composeAll } from '../../documents/charts/recipe.js';
import { historyDocument } from '../../documents/history.js';
import { historyRecipes } from '../../documents/history-charts.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';
import type { Page } from './page.js';

/*
 * History of the version:
 *   1  first version
 */
const about = { format: 'breakeven-history-page', version: 1 };

/** A history in words and as data, with its pictures. */
export function historyPage(report: HistoryReport): Page {
  return {
    ...composeAll(historyRecipes(report)),
    again: 'breakeven compare --history with the same file',
    texts: (charts) => historyTexts(report, charts),
  };
}

/** The history for people and for programs. */
export function historyTexts(
  report: HistoryReport,
  charts: readonly ShownChart[],
): readonly { readonly path: string; readonly text: string }[] {
  const document = historyDocument(report, charts);
  return [
    { path: 'history.md', text: renderMarkdown(document) },
    { path: 'history.json', text: renderJson(document, about) },
  ];
}
