import { join } from 'node:path';
import type { Comparison } from '../../compare/types.js';
import { type LoadPackage, openDrawing } from '../charts/picture.js';
import type { ReportFile } from '../files.js';
import { writeFiles } from '../write-files.js';
import { comparisonCharts } from './charts.js';
import { actionBenchmarks, comparisonJson } from './json.js';
import { comparisonMarkdown } from './markdown.js';

export const comparisonName = 'comparison.md';

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
  const drawing = openDrawing(load);
  const pictures =
    'skipped' in drawing
      ? []
      : comparisonCharts(comparison).map(({ name, description, picture }) => ({
          path: `charts/${name}`,
          description,
          bytes: drawing.draw(picture),
        }));
  return {
    files: [
      { path: comparisonName, text: comparisonMarkdown(comparison, pictures) },
      { path: 'comparison.json', text: comparisonJson(comparison) },
      {
        path: 'action-benchmark.json',
        text: `${JSON.stringify(actionBenchmarks(comparison), null, 2)}\n`,
      },
      ...pictures.map(({ path, bytes }) => ({ path, bytes })),
    ],
    skipped: 'skipped' in drawing ? [drawing.skipped] : [],
  };
}

/** Writes them into a folder, which is made where it is missing. */
export function writeComparison(
  comparison: Comparison,
  folder: string,
  load?: LoadPackage,
): WrittenComparison {
  const { files, skipped } = comparisonFiles(comparison, load);
  writeFiles(files, folder);
  return { markdownPath: join(folder, comparisonName), skipped };
}
