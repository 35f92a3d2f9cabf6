import { join } from 'node:path';
import type { HistoryReport } from '../../compare/history/history.js';
import type { ComparisonPicture } from '../../documents/comparison/comparison.js';
import { historyDocument } from '../../documents/history.js';
import { type OutputFile, replaceTextsFirst } from '../../files/outputs.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';
import { drawCharts } from '../charts/draw-charts.js';
import { historyCharts } from './history-chart.js';
import { comparisonInstead, type WrittenComparison } from './write-comparison.js';

/*
 * History of the version:
 *   1  first version
 */
const pageFormat = 'breakeven-history-page';
const pageVersion = 1;

const again = 'breakeven compare --history with the same file';

function textFiles(report: HistoryReport, charts: readonly ComparisonPicture[]): OutputFile[] {
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
  let skipped: readonly string[] = [];
  const makeAll = () => {
    const { drawn, missing } = drawCharts(historyCharts(report), again);
    skipped = missing;
    const pictures = drawn.map(({ chart: { name, description }, bytes }) => ({
      path: `charts/${name}`,
      description,
      bytes,
    }));
    return [
      ...textFiles(
        report,
        pictures.map(({ path, description }) => ({ path, description })),
      ),
      ...pictures.map(({ path, bytes }) => ({ path, bytes })),
    ];
  };
  replaceTextsFirst(folder, textFiles(report, []), makeAll, comparisonInstead);
  return { markdownPath: join(folder, 'history.md'), skipped };
}
