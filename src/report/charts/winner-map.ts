import type { AccountAnalysis, Analysis, Label, PointAnalysis } from '../../analysis/types.js';
import { axisTitle, formatAxisValue, formatPoint } from '../axes.js';
import { cellAt, measuredCells } from '../headline.js';
import { type Plane, pointsOnPlane } from '../slices.js';
import { styleOf } from '../strategy-style.js';
import { formatRatio } from '../units.js';
import { type Frame, framePlugin, padding, scaleTitle, subtitle } from './frame.js';
import { font, ink } from './ink.js';
import { type LegendEntry, legendPlugin, legendWidth } from './legend.js';
import { drawMapCell, type Fill } from './map-cell.js';
import { drawMarker } from './marker.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';

/** Who wins where, over two axes: a field per point in the winner's colour; ties striped, undecided grey. */
export function winnerMap(analysis: Analysis, account: AccountAnalysis, plane: Plane): Picture | undefined {
  const points = pointsOnPlane(account, plane);
  if (points.every(({ label }) => label.kind === 'nobody')) return undefined;
  const [xs, ys] = [plane.x, plane.y].map((axis) => axisValues(points, axis));
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: who wins where?`,
    subtitle: subtitle(
      analysis,
      account.account,
      Object.keys(plane.fixed).length === 0 ? '' : formatPoint(plane.fixed),
    ),
    caption:
      'Number in a field: the fastest strategy against the for-loop, as ratio of their times (2× is half the time). ' +
      'Striped: the same within the margin. Grey with "?": this run cannot tell which of those marked is the fastest.',
  };
  const fills = points.map(({ label }) => fillOf(analysis, label));
  return {
    // A scatter chart without points gives the frame and both scales; the fields are drawn over it.
    type: 'scatter',
    data: { datasets: [] },
    plugins: [framePlugin(frame), mapPlugin(points, fills, plane, xs, ys), legendPlugin(legendOf(fills))],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, legendWidth) },
      scales: { x: fieldScale(plane.x, xs, 'x'), y: fieldScale(plane.y, ys, 'y') },
      plugins: { legend: { display: false } },
    },
  };
}

function axisValues(points: readonly PointAnalysis[], axis: string): number[] {
  return [...new Set(points.map(({ point }) => Number(point[axis])))].sort((a, b) => a - b);
}

/** Field `i` spans i − 0.5 to i + 0.5: values grow by factors, so that equal widths are right. */
function fieldScale(axis: string, values: readonly number[], which: 'x' | 'y') {
  return {
    type: 'linear' as const,
    axis: which,
    min: -0.5,
    max: values.length - 0.5,
    title: scaleTitle(axisTitle(axis)),
    grid: { display: false },
    border: { color: ink.frame },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = values.map((_, index) => ({ value: index }));
    },
    ticks: {
      font: font(17),
      color: ink.text,
      autoSkip: false,
      maxRotation: 0,
      callback: (value: number | string) => formatAxisValue(axis, values[Number(value)] ?? ''),
    },
  };
}

function fillOf(analysis: Analysis, label: Label): Fill {
  const look = (strategy: string) => ({ strategy, style: styleOf(strategy, analysis.header.strategies) });
  if (label.kind === 'winner') return { kind: 'winner', looks: [look(label.strategy)] };
  if (label.kind === 'nobody') return { kind: 'nobody', looks: [] };
  return { kind: label.kind, looks: inRunOrder(analysis, label.strategies).map(look) };
}

/** Equal sets of strategies look equal, whichever was a hair faster. */
function inRunOrder(analysis: Analysis, labels: readonly string[]): string[] {
  return analysis.header.strategies.map(({ label }) => label).filter((label) => labels.includes(label));
}

function mapPlugin(
  points: readonly PointAnalysis[],
  fills: readonly Fill[],
  plane: Plane,
  xs: readonly number[],
  ys: readonly number[],
): PicturePlugin {
  return {
    id: 'winner-map',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const { x, y } = chart.scales;
      for (const [index, { point }] of points.entries()) {
        const [column, row] = [xs.indexOf(Number(point[plane.x])), ys.indexOf(Number(point[plane.y]))];
        const [left, right] = [column - 0.5, column + 0.5].map((at) => x.getPixelForValue(at));
        const [bottom, top] = [row - 0.5, row + 0.5].map((at) => y.getPixelForValue(at));
        const field = { x: left + 1, y: top + 1, width: right - left - 2, height: bottom - top - 2 };
        drawMapCell(brush, field, fills[index], ratioText(points[index]));
      }
    },
  };
}

function ratioText(point: PointAnalysis): string {
  const { label } = point;
  if (label.kind === 'nobody') return '–';
  const strategy = label.kind === 'winner' ? label.strategy : measuredCells(point)[0]?.strategy;
  const ratio = cellAt(point, strategy ?? '')?.ratioToForLoop;
  const text = ratio === undefined ? '' : formatRatio(ratio.value);
  return label.kind === 'undecided' ? '?' : text;
}

/** One entry per kind of field that the map shows, and the markers of those that only stand in undecided fields. */
function legendOf(fills: readonly Fill[]): LegendEntry[] {
  const names: Record<Fill['kind'], (fill: Fill) => string> = {
    winner: (fill) => fill.looks[0].strategy,
    same: (fill) => `same: ${fill.looks.map(({ strategy }) => strategy).join(', ')}`,
    undecided: () => 'undecided between those marked',
    nobody: () => 'nothing could be ranked',
  };
  const entries = new Map(fills.map((fill) => [names[fill.kind](fill), fill]));
  const rank = { winner: 0, same: 1, undecided: 2, nobody: 3 };
  const fields = [...entries]
    .sort(([, a], [, b]) => rank[a.kind] - rank[b.kind])
    .map(([text, fill]): LegendEntry => {
      const sample = fill.kind === 'undecided' ? { ...fill, looks: [] } : fill;
      return {
        text,
        draw: (brush, x, y) =>
          drawMapCell(brush, { x: x - 20, y: y - 13, width: 40, height: 26 }, sample, ''),
      };
    });
  const undecided = fills.filter(({ kind }) => kind === 'undecided').flatMap(({ looks }) => looks);
  const markers = new Map(undecided.map(({ strategy, style }) => [strategy, style]));
  return [
    ...fields,
    ...[...markers]
      .filter(([strategy]) => !entries.has(strategy))
      .map(([text, style]): LegendEntry => ({ text, draw: (brush, x, y) => drawMarker(brush, style, x, y) })),
  ];
}
