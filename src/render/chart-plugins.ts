import type { Chart, ChartType, Plugin } from 'chart.js';
import type { Style } from '../document/chart.js';
import { type Brush, brushFont, drawMarker, faded, ink, nameLines, type Place, wrapped } from './brush.js';
import {
  type BorderLine,
  drawAddedPoint,
  drawBorder,
  drawGround,
  drawSigns,
  drawSmallField,
  type Fill,
} from './draw-map.js';

/*
 * Plug-ins of chart.js: each draws what its options say and knows nothing else, so that a configuration is data but for the
 * printing of ticks. They know neither Node nor a picture file, and draw in a browser as well. In the options, what is
 * drawn stands in lists: chart.js hands objects on as proxies with defaults of its own, and lists as they are.
 */

declare module 'chart.js' {
  interface PluginOptionsByType<TType extends ChartType> extends PluginOptions {}
}

interface PluginOptions {
  frame: FrameOptions;
  sideLegend: { readonly entries: readonly LegendEntry[] };
  endLabels: { readonly labels: readonly EndLabel[] };
  strokes: { readonly below: boolean; readonly items: readonly RowStroke[] };
  texts: { readonly items: readonly TextItem[] };
  winnerMap: { readonly fields: readonly DrawnField[]; readonly borders: readonly BorderLine[] };
}

interface FrameOptions {
  readonly title: string;
  readonly subtitle: readonly string[];
  readonly caption: string;
}

/** From the left edge of the picture, and from its others. */
const margin = 28;

/** Room that the frame takes, and what is to stand at the right of the plot. */
export function framePadding({ subtitle, caption }: FrameOptions, right: number) {
  const captionRows = Math.max(1, Math.ceil(caption.length / 125));
  return {
    left: margin - 8,
    right,
    top: margin + 40 + 26 * subtitle.length + 14,
    bottom: margin + 24 * captionRows,
  };
}

/**
 * Title and subtitle at the left edge, where reading begins, and the caption at the bottom. chart.js centres its own
 * titles over the plot and cuts long lines; here they wrap.
 */
const framePlugin: Plugin<ChartType, FrameOptions> = {
  id: 'frame',
  afterDraw: (chart, _, { title, subtitle, caption }) => {
    const brush: Brush = chart.ctx;
    const write = (words: string, font: string, colour: string, y: number) => {
      brush.font = font;
      brush.fillStyle = colour;
      brush.fillText(wrapped(brush, words, chart.width - 2 * margin)[0] ?? '', margin, y);
    };
    brush.save();
    brush.textBaseline = 'alphabetic';
    brush.textAlign = 'left';
    write(title, brushFont(28, 600), ink.text, margin + 24);
    for (const [row, line] of subtitle.entries())
      write(line, brushFont(17), ink.quiet, margin + 56 + 26 * row);
    brush.font = brushFont(16);
    const lines = wrapped(brush, caption, chart.width - 2 * margin);
    for (const [row, line] of lines.entries())
      write(line, brushFont(16), ink.quiet, chart.height - 16 - 24 * (lines.length - 1 - row));
    brush.restore();
  },
};

/** Width that a legend takes at the right of the plot. */
export const legendWidth = 276;

const lineHeight = 21;
const sample = { width: 44, box: { width: 36, height: 22 }, field: { width: 40, height: 26 } };

/** One line of a legend: a sample, and what it means. */
export type LegendEntry = { readonly text: string } & (
  | { readonly box: string }
  | { readonly marker: Style }
  | { readonly fill: Fill }
  | { readonly border: Omit<BorderLine, 'pieces'>; readonly drawnAsBand: boolean }
);

/** A legend at the right of the plot, from its top down. */
const legendPlugin: Plugin<ChartType, PluginOptions['sideLegend']> = {
  id: 'sideLegend',
  afterDatasetsDraw: (chart, _, { entries = [] }) => {
    const brush: Brush = chart.ctx;
    const left = chart.width - legendWidth + 20;
    const textLeft = left + sample.width + 10;
    let y = chart.chartArea.top + 16;
    for (const entry of entries) {
      brush.save();
      drawEntry(brush, entry, { x: left + sample.width / 2, y });
      brush.restore();
      brush.save();
      brush.font = brushFont(17);
      brush.textBaseline = 'middle';
      brush.fillStyle = ink.text;
      const lines = nameLines(entry.text).flatMap((part) =>
        wrapped(brush, part, chart.width - textLeft - 16),
      );
      for (const [row, line] of lines.entries()) brush.fillText(line, textLeft, y + row * lineHeight);
      brush.restore();
      y += lines.length * lineHeight + 16;
    }
  },
};

function drawEntry(brush: Brush, entry: LegendEntry, { x, y }: Place): void {
  const centred = ({ width, height }: { width: number; height: number }) =>
    ({ x: x - width / 2, y: y - height / 2, width, height }) as const;
  if ('box' in entry) {
    const { width, height, ...at } = centred(sample.box);
    brush.fillStyle = entry.box;
    brush.fillRect(at.x, at.y, width, height);
  } else if ('marker' in entry) drawMarker(brush, entry.marker, { x, y });
  else if ('fill' in entry) drawSmallField(brush, centred(sample.field), entry.fill);
  else {
    const level = (height: number) =>
      [
        { x: -sample.width / 2, y: height },
        { x: sample.width / 2, y: height },
      ] as const;
    const line = entry.drawnAsBand ? [] : [level(0)];
    const pieces = [{ incumbentEdge: level(-9), challengerEdge: level(9), line }];
    drawBorder(brush, { ...entry.border, pieces }, (place) => ({ x: x + place.x, y: y + place.y }));
  }
}

/** A strategy's name beside the end of its line. */
export interface EndLabel {
  readonly name: string;
  readonly style: Style;
  /** Index of the line's dataset. */
  readonly dataset: number;
}

/** Width that the labels take at the right of the plot. */
export const endLabelsWidth = 284;

/**
 * A direct legend: every line ends in its own sample and name, in the order of the lines' ends, so that the eye need
 * not travel. Labels that would overlap are pushed apart; a thin leader ties each one to its line.
 */
const endLabelsPlugin: Plugin<ChartType, PluginOptions['endLabels']> = {
  id: 'endLabels',
  afterDatasetsDraw: (chart, _, { labels = [] }) => {
    const brush: Brush = chart.ctx;
    brush.save();
    brush.font = brushFont(17);
    brush.textBaseline = 'middle';
    brush.textAlign = 'left';
    const { right, top, bottom } = chart.chartArea;
    const wanted = labels.flatMap((label) => {
      const end = endOf(chart, label.dataset);
      const lines = nameLines(label.name).flatMap((part) =>
        wrapped(brush, part, endLabelsWidth - sample.width - 44),
      );
      return end === undefined ? [] : [{ label, end, lines, height: lines.length * lineHeight + 8 }];
    });
    const sorted = wanted.sort((a, b) => a.end.y - b.end.y);
    for (const { item, y } of spread(sorted, top, bottom)) drawEndLabel(brush, item, right, y);
    brush.restore();
  },
};

interface Wanted {
  readonly label: EndLabel;
  readonly end: Place;
  readonly lines: readonly string[];
  readonly height: number;
}

/** The last point of a dataset that has a value. */
function endOf(chart: Chart, dataset: number): Place | undefined {
  const points = chart.getDatasetMeta(dataset).data;
  const last = points.findLast(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return last === undefined ? undefined : { x: last.x, y: last.y };
}

/** Middles of the labels from the top down: as near to the wanted ones as they can be without touching. */
function spread(items: readonly Wanted[], top: number, bottom: number): { item: Wanted; y: number }[] {
  const placed = items.map((item) => ({ item, y: item.end.y }));
  for (let index = 1; index < placed.length; index++) {
    const least = placed[index - 1].y + (placed[index - 1].item.height + placed[index].item.height) / 2;
    placed[index].y = Math.max(placed[index].y, least);
  }
  let limit = bottom;
  for (const label of [...placed].reverse()) {
    label.y = Math.max(top + label.item.height / 2, Math.min(label.y, limit - label.item.height / 2));
    limit = label.y - label.item.height / 2;
  }
  return placed;
}

function drawEndLabel(brush: Brush, { label, end, lines }: Wanted, right: number, y: number): void {
  const start = right + 26;
  brush.strokeStyle = ink.frame;
  brush.lineWidth = 1;
  brush.beginPath();
  brush.moveTo(end.x + 12, end.y);
  brush.lineTo(right + 6, end.y);
  brush.lineTo(start - 2, y);
  brush.stroke();
  brush.save();
  brush.strokeStyle = label.style.colour;
  brush.lineWidth = label.style.width;
  brush.setLineDash([...label.style.dash]);
  brush.beginPath();
  brush.moveTo(start, y);
  brush.lineTo(start + sample.width, y);
  brush.stroke();
  brush.restore();
  drawMarker(brush, label.style, { x: start + sample.width / 2, y });
  brush.fillStyle = ink.text;
  for (const [row, line] of lines.entries())
    brush.fillText(line, start + sample.width + 10, y + (row - (lines.length - 1) / 2) * lineHeight);
}

/** A level line from a value to another one, as far as the plot goes. */
export interface RowStroke {
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly width: number;
  /** With a short upright line at each end. */
  readonly whiskers?: true;
}

function drawStrokes(chart: Chart, strokes: readonly RowStroke[]): void {
  const brush: Brush = chart.ctx;
  const { left, right } = chart.chartArea;
  for (const { from, to, colour, width, whiskers, y: row } of strokes) {
    const y = chart.scales.y.getPixelForValue(row);
    // A scale of factors has no place for zero.
    const ends = [from, to].map((value) =>
      Math.min(right, Math.max(left, chart.scales.x.getPixelForValue(value) || left)),
    );
    brush.save();
    brush.strokeStyle = colour;
    brush.lineWidth = width;
    brush.beginPath();
    brush.moveTo(ends[0], y);
    brush.lineTo(ends[1], y);
    for (const x of whiskers ? ends : []) {
      brush.moveTo(x, y - 7);
      brush.lineTo(x, y + 7);
    }
    brush.stroke();
    brush.restore();
  }
}

/** Intervals in rows, over what is drawn there or below it. */
const strokesPlugin: Plugin<ChartType, PluginOptions['strokes']> = {
  id: 'strokes',
  beforeDatasetsDraw: (chart, _, { below, items = [] }) => {
    if (below) drawStrokes(chart, items);
  },
  afterDatasetsDraw: (chart, _, { below, items = [] }) => {
    if (!below) drawStrokes(chart, items);
  },
};

/** Words at a place of the plot, in values of its axes, and moved from there by some px. */
export interface TextItem {
  /** From the longest to the shortest: the first that fits is written. */
  readonly words: readonly string[];
  /** `end`: the right edge of the plot. */
  readonly x: number | 'end';
  /** `start`: its upper edge. */
  readonly y: number | 'start';
  /** The words are centred between `x` and this one, and must fit there unless they stand beside. */
  readonly until?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly size: number;
  readonly weight?: 600;
  /** `beside`: on the side of the place that has room for the words. */
  readonly align?: 'right' | 'beside';
  readonly colour: string;
  /** Drawn before the words. */
  readonly marker?: Style;
  /** On a veil. */
  readonly over?: true;
}

const textsPlugin: Plugin<ChartType, PluginOptions['texts']> = {
  id: 'texts',
  afterDatasetsDraw: (chart, _, { items = [] }) => {
    for (const item of items) drawText(chart, item);
  },
};

function drawText({ ctx, chartArea, scales }: Chart, item: TextItem): void {
  const brush: Brush = ctx;
  const { words, dx = 0, dy = 0, size, weight = 400, align, colour, marker, over } = item;
  const from = item.x === 'end' ? chartArea.right : scales.x.getPixelForValue(item.x);
  const to = item.until === undefined ? from : scales.x.getPixelForValue(item.until);
  const y = (item.y === 'start' ? chartArea.top : scales.y.getPixelForValue(item.y)) + dy;
  brush.save();
  brush.font = brushFont(size, weight);
  brush.textBaseline = 'middle';
  const widthOf = (text: string) => brush.measureText(text).width;
  const mustFit = item.until !== undefined && align === undefined;
  const text = words.find((each) => !mustFit || widthOf(each) + 12 <= to - from);
  if (text !== undefined) {
    const width = widthOf(text);
    const x = leftOf((from + to) / 2 + dx, width, mustFit ? 'centre' : align, chartArea);
    // On a veil, so that it can be read on lines.
    brush.fillStyle = faded('#FFFFFF', 0.85);
    if (over) brush.fillRect(x - 4, y - 13, width + 8, 26);
    brush.fillStyle = colour;
    brush.fillText(text, x, y);
    if (marker !== undefined) drawMarker(brush, marker, { x: x - 18, y });
  }
  brush.restore();
}

/** The left edge of words at a place. */
function leftOf(
  place: number,
  width: number,
  align: TextItem['align'] | 'centre',
  { left, right }: Chart['chartArea'],
): number {
  if (align === 'right') return place - width;
  if (align === 'centre') return place - width / 2;
  if (align === undefined) return place;
  return place + 10 + width <= right ? place + 10 : Math.max(left + 4, place - 10 - width);
}

/** What is drawn in a place of the map, in fields. */
export interface DrawnField extends Place {
  readonly fill: Fill;
  readonly text: string;
}

/** From the ground up: fields, borders, points between the fields, and what must be read on top of all. */
const winnerMapPlugin: Plugin<ChartType, PluginOptions['winnerMap']> = {
  id: 'winnerMap',
  afterDatasetsDraw: ({ ctx, scales }, _, { fields = [], borders = [] }) => {
    const brush: Brush = ctx;
    const toPixels = ({ x, y }: Place) => ({
      x: scales.x.getPixelForValue(x),
      y: scales.y.getPixelForValue(y),
    });
    const areaOf = ({ x, y }: Place) => {
      const [low, high] = [toPixels({ x: x - 0.5, y: y - 0.5 }), toPixels({ x: x + 0.5, y: y + 0.5 })];
      return { x: low.x + 1, y: high.y + 1, width: high.x - low.x - 2, height: low.y - high.y - 2 };
    };
    const onGrid = fields.filter(({ x, y }) => Number.isInteger(x) && Number.isInteger(y));
    const added = fields.filter((field) => !onGrid.includes(field));
    for (const field of onGrid) drawGround(brush, areaOf(field), field.fill);
    for (const border of borders) drawBorder(brush, border, toPixels);
    // Beside each other they leave more room to the points above and below.
    const layout = added.length > 0 ? 'beside' : 'stacked';
    for (const field of onGrid) drawSigns(brush, areaOf(field), field.fill, field.text, layout);
    for (const { fill, ...place } of added) drawAddedPoint(brush, toPixels(place), fill);
  },
};

/** All of them: one without options draws nothing. */
export const chartPlugins = [
  framePlugin,
  winnerMapPlugin,
  endLabelsPlugin,
  strokesPlugin,
  textsPlugin,
  legendPlugin,
] as readonly Plugin[];
