import type { AccountAnalysis, Analysis, Label, PointAnalysis } from '../../analysis/types.js';
import { axisTitle, formatAxisValue, formatPoint } from '../axes.js';
import { cellAt, measuredCells } from '../headline.js';
import type { Plane } from '../slices.js';
import { styleOf } from '../strategy-style.js';
import { formatRatio } from '../units.js';
import { drawBorders } from './draw-borders.js';
import { type Frame, framePlugin, padding, scaleTitle, subtitle } from './frame.js';
import { font, ink } from './ink.js';
import { legendPlugin, legendWidth } from './legend.js';
import { bordersOn, type Piece, piecesOf } from './map-borders.js';
import { drawAddedPoint, drawGround, drawSigns, type Fill } from './map-cell.js';
import { type MapGrid, mapGrid, type Place } from './map-grid.js';
import { mapLegend } from './map-legend.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';

/**
 * Who wins where, over two axes: a field per point in the winner's colour, ties striped, undecided grey; over them the
 * borders that crossovers make, and the points that were added between the planned ones.
 */
export function winnerMap(analysis: Analysis, account: AccountAnalysis, plane: Plane): Picture | undefined {
  const grid = mapGrid(analysis, account, plane);
  const placed = [...grid.planned, ...grid.added];
  if (placed.every(({ point }) => point.label.kind === 'nobody')) return undefined;
  const pieces = piecesOf(bordersOn(account, grid));
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: who wins where?`,
    subtitle: subtitle(
      analysis,
      account.account,
      Object.keys(plane.fixed).length === 0 ? '' : formatPoint(plane.fixed),
    ),
    caption: captionOf(grid, pieces),
  };
  const fields: Fields = [
    ...grid.planned.map(({ x, y, point }) => ({
      x,
      y,
      fill: fillOf(analysis, point.label),
      text: ratioText(point),
    })),
    ...grid.empty.map(({ x, y }) => ({ x, y, fill: notMeasured, text: '' })),
  ];
  const added = grid.added.map(({ x, y, point }) => ({
    x,
    y,
    fill: fillOf(analysis, point.label),
    text: '',
  }));
  const fills = [...fields, ...added].map(({ fill }) => fill);
  return {
    // A scatter chart without points gives the frame and both scales; the fields are drawn over it.
    type: 'scatter',
    data: { datasets: [] },
    plugins: [framePlugin(frame), mapPlugin(fields, added, pieces), legendPlugin(mapLegend(fills, pieces))],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, legendWidth) },
      scales: { x: fieldScale(plane.x, grid.xs, 'x'), y: fieldScale(plane.y, grid.ys, 'y') },
      plugins: { legend: { display: false } },
    },
  };
}

/** What is drawn in a place of the map. */
type Fields = readonly (Place & { readonly fill: Fill; readonly text: string })[];

const notMeasured: Fill = { kind: 'not measured', looks: [] };

function captionOf({ added }: MapGrid, pieces: readonly Piece[]): string {
  const brackets = pieces.some(({ line }) => line.length === 0);
  return [
    'Number in a field: the fastest strategy against the for-loop, as ratio of their times (2× is half the time).',
    'Striped: the same within the margin. Grey with "?": this run cannot tell which of those marked is the fastest.',
    ...(pieces.length > 0
      ? ['A point lies in the middle of its field, a border somewhere in its band (95 %).']
      : []),
    ...(brackets ? ['A band without a line: no more is known than the points on its sides.'] : []),
    ...(added.length > 0 ? ['Small squares: points that were added where the winner was in doubt.'] : []),
  ].join(' ');
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

/** From the ground up: fields, borders, points between the fields, and what must be read on top of all. */
function mapPlugin(fields: Fields, added: Fields, pieces: readonly Piece[]): PicturePlugin {
  return {
    id: 'winner-map',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const { x, y } = chart.scales;
      const toPixels = (place: Place) => ({
        x: x.getPixelForValue(place.x),
        y: y.getPixelForValue(place.y),
      });
      const area = ({ x: column, y: row }: Place) => {
        const { x: left, y: bottom } = toPixels({ x: column - 0.5, y: row - 0.5 });
        const { x: right, y: top } = toPixels({ x: column + 0.5, y: row + 0.5 });
        return { x: left + 1, y: top + 1, width: right - left - 2, height: bottom - top - 2 };
      };
      for (const field of fields) drawGround(brush, area(field), field.fill);
      for (const question of new Set(pieces.map((piece) => piece.question)))
        drawBorders(
          brush,
          question,
          pieces.filter((piece) => piece.question === question),
          toPixels,
        );
      // Beside each other they leave more room to the points above and below.
      const layout = added.length > 0 ? 'beside' : 'stacked';
      for (const field of fields) drawSigns(brush, area(field), field.fill, field.text, layout);
      for (const { fill, ...place } of added) drawAddedPoint(brush, toPixels(place), fill);
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
