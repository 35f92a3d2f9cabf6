import type { Comparison } from '../../compare/types.js';
import { printFigure } from '../../document/units.js';
import { plainText, pointText } from '../../document/words.js';
import { comparisonCharts } from '../../documents/comparison/charts.js';
import { type ComparisonDocument, comparisonDocument } from '../../documents/comparison/comparison.js';
import { allRed, headlineText } from '../../documents/comparison/headline.js';
import { changeFigure, whereText } from '../../documents/comparison/words.js';
import { layOutJson, wordsJson } from '../../render/json.js';
import { renderMarkdown, textMarkdown } from '../../render/markdown.js';
import type { Page } from './page.js';

export const comparisonName = 'comparison.md';

/** What to do where a file of somebody else's is in the way. */
export const comparisonInstead = 'Rename that file, or move it away, and try again.';

/** A comparison in words, as data, and for a page that draws times over commits. */
export function comparisonPage(comparison: Comparison): Page {
  return {
    ...comparisonCharts(comparison),
    again: 'breakeven compare with the folders of both runs',
    texts: (charts, missing) => {
      const document = comparisonDocument(comparison, charts, missing);
      return [
        { path: comparisonName, text: renderMarkdown(document) },
        { path: 'comparison.json', text: comparisonJson(document) },
        {
          path: 'action-benchmark.json',
          text: `${JSON.stringify(actionBenchmarks(comparison), null, 2)}\n`,
        },
      ];
    },
  };
}

/*
 * History of the version:
 *   1  first version
 *   2  `verdict` may be "nothing compared"; `coverage` says how much was compared
 *   3  `document`: all that the report says, each figure with a pointer into this file; `tool`, `charts` and `skipped`,
 *      which it is read from besides the comparison
 *   4  a block of a chart has all that is drawn as `chart`, and no `file` where there is no picture; nor has its entry
 *      in `charts` a `path` then
 *   5  `notes` and `machine.unfit` are tagged data in place of sentences; `power`; of a cell that failed in some rounds alone, `in`
 */
export const comparisonFormat = 'breakeven-comparison';
export const comparisonVersion = 5;

/** The whole comparison for programs; documented in reports/README.md. Numbers that are unknown are null. */
export function comparisonJson(document: ComparisonDocument): string {
  const { data } = document;
  const red = data.verdict === 'regression' ? allRed(data) : [];
  const file = {
    format: comparisonFormat,
    version: comparisonVersion,
    headline: textMarkdown(headlineText(data)),
    regressions: red.map(({ words }) => textMarkdown(words)),
    ...data,
    document: wordsJson(document, ''),
  };
  return layOutJson(file);
}

/** An entry as github-action-benchmark reads it with `tool: customSmallerIsBetter`. */
interface ActionBenchmark {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
  readonly extra?: string;
}

/**
 * Head's times for github-action-benchmark, one entry per cell and account, under names that stay the same from commit
 * to commit: its page draws them over time. Its alerts know nothing of noise: leave them to `breakeven compare`.
 */
export function actionBenchmarks({ rows, head }: Comparison): ActionBenchmark[] {
  return rows
    .filter(({ quantity, point }) => quantity === 'time' && point !== undefined)
    .map((row) => {
      const { value, interval, rounds } = row.head;
      const half = interval === undefined ? undefined : (interval.high - interval.low) / 2;
      return {
        name: `${row.scenario} / ${row.strategy} / ${row.account} / ${plainText(pointText(row.point ?? {}))}`,
        unit: 'ns',
        value: Number(value.toPrecision(6)),
        ...(half === undefined ? {} : { range: `± ${Number(half.toPrecision(3))}` }),
        extra: [
          `${rounds} rounds, Node ${head.host.node}, ${head.host.cpu}`,
          `against base: ${printFigure(changeFigure(row))} (${row.label}; ${plainText(whereText(row))})`,
        ].join('\n'),
      };
    });
}
