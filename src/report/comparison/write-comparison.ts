import { join } from 'node:path';
import type { Comparison } from '../../compare/types.js';
import { type ComparisonPicture, comparisonDocument } from '../../documents/comparison/comparison.js';
import { type OutputFile, replaceTextsFirst } from '../../files/outputs.js';
import { renderMarkdown } from '../../render/markdown.js';
import { drawCharts, notDrawnYet } from '../charts/draw-charts.js';
import type { LoadPackage } from '../charts/picture.js';
import { comparisonCharts } from './charts.js';
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
  const pictures = drawn.map(({ chart, bytes }) => ({ ...chart, path: `charts/${chart.name}`, bytes }));
  return {
    files: [
      ...textFiles(comparison, pictures, missing),
      ...pictures.map(({ path, bytes }) => ({ path, bytes })),
    ],
    skipped: missing,
  };
}

function textFiles(
  comparison: Comparison,
  pictures: readonly ComparisonPicture[],
  missing: readonly string[],
): OutputFile[] {
  const shown = pictures.map(({ path, description }) => ({ path, description }));
  const document = comparisonDocument(comparison, shown, missing);
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
  replaceTextsFirst(folder, textFiles(comparison, [], [notDrawnYet(again)]), makeAll, comparisonInstead);
  return { markdownPath: join(folder, comparisonName), skipped };
}
