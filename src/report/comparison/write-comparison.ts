import { join } from 'node:path';
import type { Comparison } from '../../compare/types.js';
import { drawCharts, notDrawnYet } from '../charts/draw-charts.js';
import type { LoadPackage } from '../charts/picture.js';
import type { ReportFile } from '../files.js';
import { writeFiles } from '../write-files.js';
import { comparisonCharts } from './charts.js';
import { actionBenchmarks, comparisonJson } from './json.js';
import { comparisonMarkdown } from './markdown.js';

export const comparisonName = 'comparison.md';

const again = 'breakeven compare with the folders of both runs';

export interface WrittenComparison {
  readonly markdownPath: string;
  /** Why charts are missing; empty where nothing is. */
  readonly skipped: readonly string[];
}

/** All outputs of a comparison. Equal comparisons give equal bytes. */
export function comparisonFiles(
  comparison: Comparison,
  load?: LoadPackage,
): { readonly files: readonly ReportFile[]; readonly skipped: readonly string[] } {
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
  pictures: readonly { readonly path: string; readonly description: string }[],
  missing: readonly string[],
): ReportFile[] {
  return [
    { path: comparisonName, text: comparisonMarkdown(comparison, pictures, missing) },
    { path: 'comparison.json', text: comparisonJson(comparison) },
    {
      path: 'action-benchmark.json',
      text: `${JSON.stringify(actionBenchmarks(comparison), null, 2)}\n`,
    },
  ];
}

/** Writes them into a folder, which is made where it is missing: the texts before the first chart is drawn, too. */
export function writeComparison(
  comparison: Comparison,
  folder: string,
  load?: LoadPackage,
): WrittenComparison {
  writeFiles(textFiles(comparison, [], [notDrawnYet(again)]), folder);
  const { files, skipped } = comparisonFiles(comparison, load);
  writeFiles(files, folder);
  return { markdownPath: join(folder, comparisonName), skipped };
}
