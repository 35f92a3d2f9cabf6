import { join } from 'node:path';
import type { Comparison } from '../../../compare/types.js';
import type { ShownChart } from '../../../document/chart.js';
import { comparisonCharts } from '../../../documents/comparison/charts.js';
import { comparisonDocument } from '../../../documents/comparison/comparison.js';
import { chartsFolder } from '../../../documents/verdict/charts.js';
import { type OutputFile, replaceTextsFirst } from '../../../files/outputs.js';
import { renderMarkdown } from '../../../render/markdown.js';
import { drawCharts, type LoadPackage, markUndrawn, notDrawnYet } from '../../../render/png.js';
import { actionBenchmarks, comparisonJson } from './json.js';

export const comparisonName = 'comparison.md';

const again = 'breakeven compare with the folders of both runs';
/** What to do where a file of somebody else's is in the way. */
export const comparisonInstead = 'Rename that file, or move it away, and try again.';

export interface WrittenComparison {
  readonly markdownPath: string;
  /** Why charts are missing; empty where nothing is. */
  readonly skipped: readonly string[];
}

/** All outputs of a comparison. Equal comparisons give equal bytes. */
export function comparisonFiles(
  comparison: Comparison,
  load?: LoadPackage,
): { readonly files: readonly OutputFile[]; readonly skipped: readonly string[] } {
  const { charts, failed } = comparisonCharts(comparison);
  const { drawn, missing } = drawCharts(charts, again, load, failed);
  const pictures = drawn.map(({ chart, bytes }) => ({ path: `${chartsFolder}/${chart.name}`, bytes }));
  return {
    files: [...textFiles(comparison, markUndrawn(charts, drawn), missing), ...pictures],
    skipped: missing,
  };
}

function textFiles(
  comparison: Comparison,
  charts: readonly ShownChart[],
  missing: readonly string[],
): OutputFile[] {
  const document = comparisonDocument(comparison, charts, missing);
  return [
    { path: comparisonName, text: renderMarkdown(document) },
    { path: 'comparison.json', text: comparisonJson(document) },
    {
      path: 'action-benchmark.json',
      text: `${JSON.stringify(actionBenchmarks(comparison), null, 2)}\n`,
    },
  ];
}

/**
 * Writes them into a folder, which is made where it is missing, in place of earlier ones: the texts before the first chart
 * is drawn, too. Throws an InputError before it writes over anything else.
 */
export function writeComparison(
  comparison: Comparison,
  folder: string,
  load?: LoadPackage,
): WrittenComparison {
  let skipped: readonly string[] = [];
  const makeAll = () => {
    const made = comparisonFiles(comparison, load);
    skipped = made.skipped;
    return made.files;
  };
  const charts = markUndrawn(comparisonCharts(comparison).charts, []);
  replaceTextsFirst(folder, textFiles(comparison, charts, [notDrawnYet(again)]), makeAll, comparisonInstead);
  return { markdownPath: join(folder, comparisonName), skipped };
}
