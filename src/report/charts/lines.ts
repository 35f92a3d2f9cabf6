import type { CellAnalysis, Estimate, PointAnalysis, Slice } from '../../analysis/types.js';
import type { StrategyHeader } from '../../results/format.js';
import { allCells } from '../headline.js';
import { type StrategyStyle, styleOf } from '../strategy-style.js';
import type { EndLabel } from './end-labels.js';
import { faded } from './ink.js';
import { pointOptions } from './marker.js';

/** One strategy along a slice; a point that has no figure is absent. */
export interface Line {
  readonly label: string;
  /** Its data starts in a program: shown beside the others, not ranked with them. */
  readonly beside: boolean;
  readonly style: StrategyStyle;
  readonly points: readonly LinePoint[];
  /** Lower bounds: cells that were stopped at their limit. */
  readonly bounds: readonly { readonly x: number; readonly y: number }[];
}

/** One figure with its interval on a chart. */
export interface LinePoint {
  readonly x: number;
  readonly estimate: Estimate;
}

/** The lines of all strategies that have a figure or a bound on the slice. */
export function linesOf(
  strategies: readonly StrategyHeader[],
  slice: Slice,
  points: readonly PointAnalysis[],
  figure: (cell: CellAnalysis) => Estimate | undefined,
  bound: (cell: CellAnalysis) => number | undefined = () => undefined,
): Line[] {
  return strategies.flatMap(({ label, home }) => {
    const cells = points.flatMap((point) =>
      allCells(point)
        .filter((cell) => cell.strategy === label)
        .map((cell) => ({ x: Number(point.point[slice.axis]), cell })),
    );
    const figures = cells.flatMap(({ x, cell }) => {
      const estimate = figure(cell);
      return estimate === undefined ? [] : [{ x, estimate }];
    });
    const bounds = cells.flatMap(({ x, cell }) => {
      const y = bound(cell);
      return y === undefined ? [] : [{ x, y }];
    });
    if (figures.length + bounds.length === 0) return [];
    const beside = home === 'program';
    return [{ label, beside, style: styleOf(label, strategies), points: figures, bounds }];
  });
}

/** Every value that a scale must show: estimates, ends of intervals, bounds. */
export function valuesOf(lines: readonly Line[]): number[] {
  return lines.flatMap(({ points, bounds }) => [
    ...points.flatMap(({ estimate }) => [
      estimate.value,
      ...(estimate.interval === undefined ? [] : [estimate.interval.low, estimate.interval.high]),
    ]),
    ...bounds.map(({ y }) => y),
  ]);
}

/** Four datasets per strategy: both ends of the band, the line, the bounds. */
const datasetsPerLine = 4;

/** The lines as chart.js datasets. */
export function lineDatasets(lines: readonly Line[]) {
  return lines.flatMap((line, index) => {
    const { style } = line;
    const band = line.points.filter(({ estimate }) => estimate.interval !== undefined);
    const end = (which: 'low' | 'high') =>
      band.map(({ x, estimate }) => ({ x, y: estimate.interval?.[which] ?? estimate.value }));
    const bare = { type: 'line', borderWidth: 0, pointRadius: 0, order: 100 } as const;
    return [
      { ...bare, label: `${line.label} low`, data: end('low'), fill: false },
      {
        ...bare,
        label: `${line.label} high`,
        data: end('high'),
        fill: '-1',
        backgroundColor: faded(style.colour, 0.18),
      },
      {
        type: 'line' as const,
        label: line.label,
        data: line.points.map(({ x, estimate }) => ({ x, y: estimate.value })),
        borderColor: style.colour,
        borderWidth: style.width,
        borderDash: [...style.dash],
        ...pointOptions(style),
        clip: false as const,
        // chart.js draws low orders last. Broad lines go below narrow ones, filled markers below outlines.
        order: (style.hollow ? 0 : 20) + style.width - index / 100,
      },
      {
        type: 'line' as const,
        label: `${line.label} over its limit`,
        data: line.bounds.map(({ x, y }) => ({ x, y })),
        showLine: false,
        ...pointOptions({ ...style, marker: 'triangle', hollow: true }),
        pointRadius: 15,
        clip: false as const,
        order: -1,
      },
    ];
  });
}

/** A label for the end of each line; a strategy that has only bounds is labelled at the last one. */
export function endLabels(lines: readonly Line[]): EndLabel[] {
  return lines.map(({ label, beside, style, points }, index) => ({
    text: beside ? `${label}, own data` : label,
    style,
    dataset: index * datasetsPerLine + (points.length > 0 ? 2 : 3),
  }));
}
