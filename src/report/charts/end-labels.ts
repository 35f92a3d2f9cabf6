import type { StrategyStyle } from '../strategy-style.js';
import { brushFont, ink, wrapped } from './ink.js';
import { drawSample } from './marker.js';
import type { Brush, DrawnChart, PicturePlugin } from './picture.js';

/** A strategy's name beside the end of its line. */
export interface EndLabel {
  readonly text: string;
  readonly style: StrategyStyle;
  /** Index of the line's dataset. */
  readonly dataset: number;
}

/** Width that the labels take at the right of the plot. */
export const endLabelsWidth = 284;

const sampleWidth = 44;
const lineHeight = 21;

/**
 * A direct legend: every line ends in its own sample and name, in the order of the lines' ends, so that the eye need
 * not travel. Labels that would overlap are pushed apart; a thin leader ties each one to its line.
 */
export function endLabelsPlugin(labels: readonly EndLabel[]): PicturePlugin {
  return {
    id: 'end-labels',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.font = brushFont(17);
      brush.textBaseline = 'middle';
      brush.textAlign = 'left';
      const { right, top, bottom } = chart.chartArea;
      const wanted = labels.flatMap((label) => {
        const end = endOf(chart, label.dataset);
        const lines = nameLines(brush, label.text);
        return end === undefined ? [] : [{ label, end, lines, height: lines.length * lineHeight + 8 }];
      });
      const placed = spread(
        wanted.sort((a, b) => a.end.y - b.end.y),
        top,
        bottom,
      );
      for (const { item, y } of placed) drawLabel(brush, item, right, y);
      brush.restore();
    },
  };
}

interface Wanted {
  readonly label: EndLabel;
  readonly end: { readonly x: number; readonly y: number };
  readonly lines: readonly string[];
  readonly height: number;
}

/** The last point of a dataset that has a value. */
function endOf(chart: DrawnChart, dataset: number): { x: number; y: number } | undefined {
  const points = chart.getDatasetMeta(dataset).data;
  const last = points.findLast(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return last === undefined ? undefined : { x: last.x, y: last.y };
}

/** An id breaks before its options: "child-process" over "serialization=json". */
function nameLines(brush: Brush, text: string): string[] {
  const [id, options] = text.replace(/\]$/, '').split('[');
  const parts = options === undefined ? [id] : [id, ...options.split(',')];
  return parts.flatMap((part) => wrapped(brush, part, endLabelsWidth - sampleWidth - 44));
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

function drawLabel(brush: Brush, item: Wanted, right: number, y: number): void {
  const start = right + 26;
  brush.strokeStyle = ink.frame;
  brush.lineWidth = 1;
  brush.beginPath();
  brush.moveTo(item.end.x + 12, item.end.y);
  brush.lineTo(right + 6, item.end.y);
  brush.lineTo(start - 2, y);
  brush.stroke();
  drawSample(brush, item.label.style, start, y, sampleWidth);
  brush.fillStyle = ink.text;
  for (const [row, line] of item.lines.entries()) {
    brush.fillText(line, start + sampleWidth + 10, y + (row - (item.lines.length - 1) / 2) * lineHeight);
  }
}
