import { join } from 'node:path';
import type { HistoryReport } from '../../compare/history/history.js';
import { historyDocument } from '../../documents/history.js';
import { type OutputFile, replaceOutputs } from '../../files/outputs.js';
import { renderJson } from '../../render/json.js';
import { renderMarkdown } from '../../render/markdown.js';
import { comparisonInstead } from './write-comparison.js';

/*
 * History of the version:
 *   1  first version
 */
const pageFormat = 'breakeven-history-page';
const pageVersion = 1;

/** The pages on a history. Equal histories give equal bytes. */
function historyFiles(report: HistoryReport): OutputFile[] {
  const document = historyDocument(report);
  return [
    { path: 'history.md', text: renderMarkdown(document) },
    { path: 'history.json', text: renderJson(document, { format: pageFormat, version: pageVersion }) },
  ];
}

/** Writes them into a folder, in place of earlier ones. Throws an InputError before it writes over anything else. */
export function writeHistory(report: HistoryReport, folder: string): { readonly markdownPath: string } {
  replaceOutputs(folder, historyFiles(report), comparisonInstead);
  return { markdownPath: join(folder, 'history.md') };
}
