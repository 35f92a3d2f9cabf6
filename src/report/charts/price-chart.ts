import type { Analysis, Estimate, Interval } from '../../analysis/types.js';
import { plainText } from '../../document/words.js';
import { groupNames, largestSizes, mainPrices, rowsOf, sizesOf } from '../../documents/prices.js';
import type { StrategyStyle } from '../strategy-style.js';
import { formatCount, formatNs } from '../units.js';
import { hostLine } from '../wording.js';
import { type Frame, framePlugin, padding, scaleTitle } from './frame.js';
import { brushFont, font, ink } from './ink.js';
import { drawMarker, pointOptions } from './marker.js';
import type { Brush, Picture, PicturePlugin } from './picture.js';
import { logTicks, type Range, rangeOf, widened } from './scale.js';

/** How a group of prices looks: colour and shape say the same. */
const plain = { dash: [], hollow: false, width: 3 } as const;
const looks: readonly StrategyStyle[] = [
  { ...plain, colour: '#0072B2', marker: 'circle' },
  { ...plain, colour: '#D55E00', marker: 'diamond' },
  { ...plain, colour: '#009E73', marker: 'triangle' },
];

/** Width of a column of figures at the right. */
const column = 104;

interface Row {
  readonly name: string;
  /** One per group; undefined where it has no price. */
  readonly prices: readonly (Estimate | undefined)[];
  /** From the cheapest size to the dearest, per group; empty of events. */
  readonly ranges: readonly (Interval | undefined)[];
}

/** More do not fit on a picture without touching. */
const mostRows = 18;

/** Prices as dots on a log scale, a row each, with their intervals, and as figures at the right: on one picture or more. */
export function pricePictures(analysis: Analysis, per: 'event' | 'number'): Picture[] {
  const sizes = largestSizes(analysis);
  const rows: Row[] = rowsOf(analysis, per).map(({ name, where, row }) => ({
    name: where === 'Node' ? plainText(name) : `${plainText(name)} (${where})`,
    prices: mainPrices(row, sizes).map((price) => price?.estimate),
    ranges: row.figures.map((figure) => {
      const values = sizesOf(figure).map(({ perNumberNs }) => perNumberNs.value);
      return values.length < 2 ? undefined : { low: Math.min(...values), high: Math.max(...values) };
    }),
  }));
  const pictures = Math.ceil(rows.length / mostRows);
  const each = Math.ceil(rows.length / pictures);
  const values = rows.flatMap(({ prices, ranges }) => [
    ...prices.flatMap((price) => (price ? [price.value] : [])),
    ...ranges.flatMap((range) => (range ? [range.low, range.high] : [])),
  ]);
  // One scale for all of them, so that they can be held side by side.
  const range = widened(rangeOf(values.filter((value) => value > 0)), 0.06, 0.06);
  return Array.from({ length: pictures }, (_, index) =>
    priceChart(analysis, per, rows.slice(index * each, (index + 1) * each), range),
  );
}

function priceChart(
  analysis: Analysis,
  per: 'event' | 'number',
  rows: readonly Row[],
  range: Range,
): Picture {
  const groups = per === 'number' ? groupNames(analysis).map(plainText).slice(0, looks.length) : [''];
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: ${per === 'number' ? 'what a number costs' : 'what an event costs'}`,
    subtitle: [hostLine(analysis)],
    caption: captionOf(analysis, per),
  };
  return {
    type: 'scatter',
    data: {
      datasets: groups.map((name, group) => ({
        label: name,
        data: rows.flatMap(({ prices }, y) => {
          const x = prices[group]?.value ?? 0;
          return x > 0 ? [{ x, y: y + shiftOf(group, groups) }] : [];
        }),
        ...pointOptions(looks[group]),
      })),
    },
    plugins: [framePlugin(frame), pricesPlugin(rows, groups)],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, 24 + column * groups.length) },
      scales: {
        x: {
          type: 'logarithmic',
          min: range.min,
          max: range.max,
          title: scaleTitle(per === 'number' ? 'time per number' : 'time per event'),
          grid: { color: ink.grid },
          afterBuildTicks: (scale) => {
            scale.ticks = logTicks(range).map((value) => ({ value }));
          },
          ticks: { font: font(17), color: ink.text, callback: (value) => formatNs(Number(value)) },
        },
        y: {
          type: 'linear',
          reverse: true,
          min: -0.6,
          max: rows.length - 0.4,
          grid: { color: ink.grid },
          afterBuildTicks: (scale) => {
            scale.ticks = rows.map((_, value) => ({ value }));
          },
          ticks: {
            font: font(16),
            color: ink.text,
            autoSkip: false,
            callback: (value) => rows[Number(value)]?.name ?? '',
          },
        },
      },
      plugins: { legend: { display: false } },
    },
  };
}

/** Groups lie side by side within a row, so that no line hides another. */
function shiftOf(group: number, groups: readonly string[]): number {
  return 0.3 * (group - (groups.length - 1) / 2);
}

function captionOf(analysis: Analysis, per: 'event' | 'number'): string {
  const further = 'Further left is cheaper; the scale grows by factors.';
  if (per === 'event') return `${further} Line through a dot: 95 % interval over rounds.`;
  const largest = largestSizes(analysis).flatMap((size) => (size === undefined ? [] : [formatCount(size)]));
  const sizes = [...new Set(largest)].join(' or ');
  return `${further} Dot and figure: one of ${sizes} numbers, the thick line its 95 % interval; thin: from the cheapest size to the dearest.`;
}

/** Intervals, and a column of figures per group with the group's marker and name above it. */
function pricesPlugin(rows: readonly Row[], groups: readonly string[]): PicturePlugin {
  return {
    id: 'prices',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const { x, y } = chart.scales;
      const { right, top, left } = chart.chartArea;
      brush.save();
      brush.textBaseline = 'middle';
      brush.textAlign = 'right';
      for (const [group, name] of groups.entries()) {
        const at = right + 16 + column * (group + 1) - 12;
        brush.strokeStyle = looks[group].colour;
        brush.fillStyle = looks[group].colour;
        brush.lineWidth = 3;
        brush.font = brushFont(16, 600);
        if (groups.length > 1) {
          brush.fillText(name, at, top - 14);
          drawMarker(brush, looks[group], at - brush.measureText(name).width - 18, top - 14);
        }
        brush.font = brushFont(16);
        for (const [index, { prices, ranges }] of rows.entries()) {
          const price = prices[group];
          if (price === undefined) continue;
          brush.fillText(price.value > 0 ? formatNs(price.value) : '0', at, y.getPixelForValue(index));
          const height = y.getPixelForValue(index + shiftOf(group, groups));
          // A line from low to high, as far as the picture goes.
          const across = ({ low, high }: Interval, width: number) => {
            const from = low > 0 ? x.getPixelForValue(low) : left;
            const to = high > 0 ? x.getPixelForValue(high) : left;
            brush.lineWidth = width;
            brush.beginPath();
            brush.moveTo(Math.max(left, from), height);
            brush.lineTo(Math.min(right, to), height);
            brush.stroke();
          };
          const range = ranges[group];
          if (range !== undefined) across(range, 1.5);
          if (price.interval !== undefined) across(price.interval, 5);
        }
      }
      brush.restore();
    },
  };
}
