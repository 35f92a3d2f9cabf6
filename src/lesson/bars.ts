import type { Estimate } from '../analysis/types.js';
import { plainText } from '../document/words.js';
import type { Facts } from '../documents/lesson/facts.js';
import { machineText } from '../documents/lesson/lesson.js';
import { type Frame, framePlugin, padding, scaleTitle } from '../report/charts/frame.js';
import { brushFont, font, ink } from '../report/charts/ink.js';
import { legendPlugin, legendWidth } from '../report/charts/legend.js';
import type { Brush, Picture, PicturePlugin } from '../report/charts/picture.js';
import { logTicks, type Range, rangeOf, widened } from '../report/charts/scale.js';
import { formatNs, formatRatio } from '../report/units.js';
import type { LessonChart } from './charts.js';

interface Bar {
  readonly text: string;
  /** Key of `groups`: decides the colour. */
  readonly group: string;
  readonly value: Estimate;
}

interface BarChart {
  /** File name with extension. */
  readonly name: string;
  readonly title: string;
  /** What it shows; how to read it is added. */
  readonly caption: string;
  /** Title of the scale. */
  readonly scale: string;
  /** Group to what its colour means. */
  readonly groups: Readonly<Record<string, string>>;
  /** Times are in ns. */
  readonly unit: 'time' | 'ratio';
  /** A line at this value. */
  readonly mark?: number;
  readonly bars: readonly Bar[];
}

const colours = ['#D98A1F', '#1F6F54'];

/** A bar is a length from zero. Beyond such a factor small ones vanish: then values are dots on a log scale. */
const widestLinear = 80;

/** One row per way, with its value and interval. No chart without a bar. */
export function barChart(facts: Facts, chart: BarChart): LessonChart | undefined {
  if (chart.bars.length === 0) return undefined;
  const frame: Frame = {
    title: chart.title,
    subtitle: [plainText(machineText(facts))],
    caption: captionOf(chart),
  };
  const format = chart.unit === 'time' ? (ns: number) => formatNs(ns) : formatRatio;
  const picture: Picture = {
    type: 'bar',
    data: {
      labels: chart.bars.map(({ text }) => text),
      datasets: [
        {
          data: chart.bars.map(({ value }) => value.value),
          backgroundColor: chart.bars.map(({ group }) =>
            isLog(chart) ? '#00000000' : colourOf(chart, group),
          ),
          maxBarThickness: 44,
          categoryPercentage: 0.9,
          barPercentage: 0.8,
        },
      ],
    },
    plugins: [framePlugin(frame), endsPlugin(chart, format), legendOf(chart)],
    options: {
      devicePixelRatio: 2,
      indexAxis: 'y',
      layout: { padding: padding(frame, legendWidth) },
      scales: { x: scaleOf(chart, format), y: rowsScale(chart) },
      plugins: { legend: { display: false }, annotation: { annotations: marksOf(chart) } },
    },
  };
  const description = `${chart.title} (${chart.scale}; the values stand in the text and the table)`;
  return { name: chart.name, description, picture };
}

function colourOf({ groups }: BarChart, group: string): string {
  return colours[Object.keys(groups).indexOf(group)] ?? ink.quiet;
}

function valuesOf({ bars }: BarChart): number[] {
  return bars.flatMap(({ value }) => [
    value.value,
    value.interval?.low ?? value.value,
    value.interval?.high ?? value.value,
  ]);
}

function captionOf(chart: BarChart): string {
  const faster = chart.unit === 'ratio' ? 'Longer is faster.' : 'Shorter is faster.';
  const reading = isLog(chart) ? 'Further left is faster; the scale grows by factors.' : faster;
  return `${reading} ${chart.caption} Whisker: 95 % interval.`;
}

function isLog(chart: BarChart): boolean {
  const { min, max } = rangeOf(valuesOf(chart));
  return min > 0 && max / min > widestLinear;
}

function scaleOf(chart: BarChart, format: (value: number) => string) {
  const range: Range = rangeOf(valuesOf(chart));
  const log = isLog(chart);
  const shown = log ? widened(range, 0.1, 0.16) : { min: 0, max: range.max * 1.16 };
  return {
    type: log ? 'logarithmic' : 'linear',
    min: shown.min,
    max: shown.max,
    title: scaleTitle(chart.scale),
    grid: { color: ink.grid },
    ...(log
      ? {
          afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
            scale.ticks = logTicks(shown).map((value) => ({ value }));
          },
        }
      : {}),
    ticks: {
      font: font(17),
      color: ink.text,
      maxRotation: 0,
      includeBounds: false,
      callback: (value: number | string) => format(Number(value)),
    },
  } as const;
}

function rowsScale({ bars }: BarChart) {
  return {
    grid: { display: false },
    ticks: { autoSkip: false, font: font(bars.length > 10 ? 15 : 17), color: ink.text },
  };
}

function marksOf({ mark }: BarChart) {
  if (mark === undefined) return {};
  return {
    mark: {
      type: 'line' as const,
      xMin: mark,
      xMax: mark,
      borderColor: ink.quiet,
      borderWidth: 2,
      borderDash: [6, 6],
      drawTime: 'beforeDatasetsDraw' as const,
    },
  };
}

/** The interval as a whisker, and the value behind it. */
function endsPlugin(picture: BarChart, format: (value: number) => string): PicturePlugin {
  return {
    id: 'bar-ends',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      const x = (value: number) => chart.scales.x.getPixelForValue(value);
      brush.save();
      brush.strokeStyle = ink.text;
      brush.lineWidth = 2;
      brush.font = brushFont(17, 600);
      brush.textBaseline = 'middle';
      for (const [row, { value, group }] of picture.bars.entries()) {
        const { y } = chart.getDatasetMeta(0).data[row];
        const { low, high } = value.interval ?? { low: value.value, high: value.value };
        if (isLog(picture)) dot(brush, x(value.value), y, colourOf(picture, group));
        brush.fillStyle = ink.text;
        brush.beginPath();
        brush.moveTo(x(low), y);
        brush.lineTo(x(high), y);
        for (const end of [low, high]) {
          brush.moveTo(x(end), y - 7);
          brush.lineTo(x(end), y + 7);
        }
        brush.stroke();
        brush.fillText(
          format(value.value),
          Math.max(x(high), x(value.value) + (isLog(picture) ? dotRadius : 0)) + 10,
          y,
        );
      }
      brush.restore();
    },
  };
}

const dotRadius = 9;

function dot(brush: Brush, x: number, y: number, colour: string): void {
  brush.beginPath();
  brush.arc(x, y, dotRadius, 0, 2 * Math.PI);
  brush.fillStyle = colour;
  brush.fill();
}

function legendOf(chart: BarChart): PicturePlugin {
  return legendPlugin(
    Object.entries(chart.groups).map(([group, text]) => ({
      text,
      draw: (brush, x, y) => {
        brush.fillStyle = colourOf(chart, group);
        brush.fillRect(x - 18, y - 11, 36, 22);
      },
    })),
  );
}
