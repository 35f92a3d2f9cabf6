import type { Comparison } from '../../compare/types.js';
import { formatPoint } from '../axes.js';
import { headline, redSentences } from './headline.js';
import { changeText, whereText } from './words.js';

/*
 * History of the version:
 *   1  first version
 *   2  `verdict` may be "nothing compared"; `coverage` says how much was compared
 */
export const comparisonFormat = 'breakeven-comparison';
export const comparisonVersion = 2;

/** The whole comparison for programs; documented in reports/README.md. Numbers that are unknown are null. */
export function comparisonJson(comparison: Comparison): string {
  const document = {
    format: comparisonFormat,
    version: comparisonVersion,
    headline: headline(comparison),
    regressions: comparison.verdict === 'regression' ? redSentences(comparison) : [],
    ...comparison,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** An entry as github-action-benchmark reads it with `tool: customSmallerIsBetter`. */
export interface ActionBenchmark {
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
        name: `${row.scenario} / ${row.strategy} / ${row.account} / ${formatPoint(row.point ?? {})}`,
        unit: 'ns',
        value: Number(value.toPrecision(6)),
        ...(half === undefined ? {} : { range: `± ${Number(half.toPrecision(3))}` }),
        extra: [
          `${rounds} rounds, Node ${head.host.node}, ${head.host.cpu}`,
          `against base: ${changeText(row.ratio)} (${row.label}; ${whereText(row)})`,
        ].join('\n'),
      };
    });
}
