import type { ChartConfiguration } from 'chart.js';
// For the types alone: it adds `annotation` to the options of charts.
import type {} from 'chartjs-plugin-annotation';
import {
  type BarsChart,
  type Chart,
  type DotsChart,
  type LinesChart,
  type MapChart,
  type Mark,
  type PartLook,
  type Point,
  type TimelineChart,
  timelineLooks,
} from '../document/chart.js';
import type { Ranged } from '../document/figure.js';
import { faded, ink, pointOptions } from './brush.js';
import {
  chartPlugins,
  endLabelsWidth,
  framePadding,
  type LegendEntry,
  legendWidth,
  type RowStroke,
  type TextItem,
} from './chart-plugins.js';
import type { Fill } from './draw-map.js';
import { joinCrossings, placeCrossing, placeOn } from './map-borders.js';
import {
  dotRowScale,
  fieldScale,
  printerOf,
  rowScale,
  type Scale,
  shareScale,
  sizeScale,
  valueScale,
} from './scales.js';

/*
 * A chart as a configuration of chart.js: for a picture (png.ts), or for a page in a browser. Nothing here or below knows
 * Node. To add a kind of chart is one case.
 */

/** The annotation plug-in of chart.js must be registered: it draws the marks. */
export function toChartJs(chart: Chart): ChartConfiguration {
  switch (chart.kind) {
    case 'lines':
      return configureLines(chart);
    case 'bars':
      return configureBars(chart);
    case 'dots':
      return configureDots(chart);
    case 'map':
      return configureMap(chart);
    case 'timeline':
      return configureTimeline(chart);
  }
}

type Options = NonNullable<NonNullable<ChartConfiguration['options']>['plugins']>;

/** What a kind of chart decides by itself. */
interface Drawing {
  readonly type: ChartConfiguration['type'];
  readonly data: ChartConfiguration['data'];
  readonly x: Scale;
  readonly y: Scale;
  /** Room at the right of the plot, in px. */
  readonly right: number;
  readonly indexAxis?: 'y';
  readonly plugins: Options;
}

function configure(
  chart: Chart,
  { type, data, x, y, right, indexAxis, plugins }: Drawing,
): ChartConfiguration {
  const { title, subtitle, caption } = chart;
  return {
    type,
    data,
    plugins: [...chartPlugins],
    options: {
      ...(indexAxis === undefined ? {} : { indexAxis }),
      layout: { padding: framePadding(chart, right) },
      scales: { x, y },
      plugins: { legend: { display: false }, frame: { title, subtitle, caption }, ...plugins },
    },
  };
}

/** Shaded parts as boxes, places as lines: dashed where it is said beside them what was found there. */
function annotationsOf(marks: readonly Mark[]): Options['annotation'] {
  const below = { drawTime: 'beforeDatasetsDraw' } as const;
  const annotations = marks.flatMap(({ axis, at, shaded, colour, text }) => {
    const across = (low: number | undefined, high: number | undefined) =>
      axis === 'x' ? { xMin: low, xMax: high } : { yMin: low, yMax: high };
    const opacity = text === undefined ? 0.05 : 0.13;
    const box = {
      ...below,
      type: 'box' as const,
      ...across(shaded?.low, shaded?.high),
      backgroundColor: faded(colour, opacity),
      borderWidth: 0,
    };
    const line = {
      ...below,
      type: 'line' as const,
      ...across(at, at),
      borderColor: colour,
      borderWidth: 2,
      borderDash: text === undefined ? [] : [6, 4],
    };
    return [...(shaded === undefined ? [] : [box]), ...(at === undefined ? [] : [line])];
  });
  return { annotations };
}

function endsOf({ value, interval }: Ranged): number[] {
  return interval === undefined ? [value] : [value, interval.low, interval.high];
}

/** Four datasets per series: both ends of the band, the line, the bounds. */
const datasetsPerSeries = 4;

function configureLines(chart: LinesChart): ChartConfiguration {
  const { x, y, series, marks } = chart;
  const print = printerOf(y.unit);
  const bounds = series.flatMap((one) => one.bounds);
  // One row of text per mark at the top of the plot.
  const found = marks.flatMap(({ at, shaded, text, colour }) => {
    const [x, until] = at === undefined ? [shaded?.low, shaded?.high] : [at, at];
    return text === undefined || x === undefined ? [] : [{ x, until, words: [text], colour }];
  });
  const labels = found.map(
    (label, row): TextItem => ({
      ...label,
      y: 'start',
      dy: 18 + 30 * row,
      size: 17,
      weight: 600,
      align: 'beside',
      over: true,
    }),
  );
  const values = [
    ...series.flatMap(({ points }) => points.flatMap(endsOf)),
    ...bounds.map((bound) => bound.y),
  ];
  const sizes = [...series.flatMap(({ points }) => points), ...bounds].map((point) => point.x);
  return configure(chart, {
    type: 'line',
    data: { datasets: series.flatMap(seriesDatasets) },
    x: sizeScale(x, sizes),
    // The labels of the marks stand above the lines.
    y: valueScale(y, values, labels.length * 0.085),
    right: endLabelsWidth,
    plugins: {
      annotation: annotationsOf(marks),
      endLabels: {
        labels: series.flatMap(({ name, style, unnamed, points }, index) =>
          unnamed
            ? []
            : // One that has only bounds is labelled at the last of them.
              [{ name, style, dataset: index * datasetsPerSeries + (points.length > 0 ? 2 : 3) }],
        ),
      },
      texts: { items: [...labels, ...bounds.map((bound) => boundText(bound, print(bound.y)))] },
    },
  });
}

/** A triangle alone could pass for a time. */
function boundText({ x, y }: LinesChart['series'][number]['bounds'][number], printed: string): TextItem {
  const words = [`over ${printed}`];
  return { words, x, y, dx: -20, dy: 3, size: 16, weight: 600, align: 'right', colour: ink.text, over: true };
}

function seriesDatasets({ name, style, points, bounds }: LinesChart['series'][number], index: number) {
  const bare = { type: 'line', borderWidth: 0, pointRadius: 0, order: 100 } as const;
  const ends = (of: (point: Point) => number | undefined) =>
    points.flatMap((point) => {
      const y = of(point);
      return y === undefined ? [] : [{ x: point.x, y }];
    });
  return [
    { ...bare, label: `${name} low`, data: ends(({ interval }) => interval?.low), fill: false },
    {
      ...bare,
      label: `${name} high`,
      data: ends(({ interval }) => interval?.high),
      fill: '-1',
      backgroundColor: faded(style.colour, 0.18),
    },
    {
      type: 'line' as const,
      label: name,
      data: points.map(({ x, value }) => ({ x, y: value })),
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
      label: `${name} over its limit`,
      data: bounds.map(({ x, y }) => ({ x, y })),
      showLine: false,
      ...pointOptions({ ...style, marker: 'triangle', hollow: true }),
      pointRadius: 15,
      clip: false as const,
      order: -1,
    },
  ];
}

/** Width of what stands behind a bar. */
const totalWidth = 110;

function configureBars(chart: BarsChart): ChartConfiguration {
  const { value: axis, shares, looks, bars, marks } = chart;
  const wholes = bars.map(({ parts }) => (shares ? sumOf(parts) || 1 : 1));
  const lengthOf = (row: number, look: number) => {
    const part = bars[row].parts.find((each) => each.look === look);
    return part === undefined ? null : part.value / wholes[row];
  };
  return configure(chart, {
    type: 'bar',
    data: {
      labels: bars.map(({ name }) => name),
      datasets: looks.map(({ name, colour }, look) => ({
        label: name,
        data: bars.map((_, row) => lengthOf(row, look)),
        backgroundColor: colour,
        borderColor: '#FFFFFF',
        borderWidth: { left: 0, right: shares ? 2 : 0, top: 0, bottom: 0 },
        borderSkipped: false,
        maxBarThickness: 48,
        categoryPercentage: 0.9,
        barPercentage: 0.84,
      })),
    },
    x: {
      ...(shares
        ? shareScale(axis.title)
        : valueScale(
            axis,
            bars.flatMap(({ parts }) => parts.flatMap(endsOf)),
          )),
      stacked: true,
    } as Scale,
    y: { ...rowScale(bars.map(({ name }) => name)), stacked: true, grid: { display: false } } as Scale,
    right: legendWidth + (shares ? totalWidth : 0),
    indexAxis: 'y',
    plugins: {
      annotation: annotationsOf(marks),
      sideLegend: { entries: looks.map(({ means, colour }) => ({ text: means, box: colour })) },
      strokes: { below: false, items: shares ? [] : whiskersOf(bars) },
      texts: {
        items: bars.flatMap((bar, row) => barTexts(bar, row, chart)),
      },
    },
  });
}

function sumOf(parts: readonly Ranged[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

/** Of parts that lie end to end only the last has an end that can be seen. */
function whiskersOf(bars: BarsChart['bars']): RowStroke[] {
  return bars.flatMap(({ parts }, y) =>
    parts.flatMap(({ interval }) =>
      interval === undefined || parts.length > 1
        ? []
        : [{ y, from: interval.low, to: interval.high, colour: ink.text, width: 2, whiskers: true as const }],
    ),
  );
}

/** The value of each part inside it, where it fits, and that of the whole behind the bar. */
function barTexts(
  { parts, total }: BarsChart['bars'][number],
  row: number,
  { value, shares, looks }: { value: BarsChart['value']; shares: boolean; looks: readonly PartLook[] },
): TextItem[] {
  const print = printerOf(value.unit);
  const behind = { y: row, words: [print(total)], weight: 600, colour: ink.text } as const;
  if (!shares) return [{ ...behind, x: Math.max(...parts.flatMap(endsOf), total), dx: 10, size: 17 }];
  const whole = sumOf(parts) || 1;
  const inside = parts.map((part, index): TextItem => {
    const { name, ink: colour } = looks[part.look];
    const from = sumOf(parts.slice(0, index)) / whole;
    const words = [`${name} ${print(part.value)}`, print(part.value)];
    return { words, x: from, until: from + part.value / whole, y: row, size: 16, colour };
  });
  return [...inside, { ...behind, x: 'end', dx: 12, size: 18 }];
}

function configureDots(chart: DotsChart): ChartConfiguration {
  const { value: axis, columns, rows, marks } = chart;
  const print = printerOf(axis.unit);
  // Dots of one row lie beside each other, so that no line hides another.
  const step = rows.some(({ dots }) => dots.length > 1) ? Math.min(0.3, 0.6 / (columns.length - 1)) : 0;
  const heightOf = (row: number, column: number) => row + step * (column - (columns.length - 1) / 2);
  const heads = columns.map(({ name }) => (name.length > 20 ? `${name.slice(0, 19)}…` : name));
  const widths = heads.map((head) => Math.max(88, 44 + 9 * head.length));
  const endOf = (column: number) => 12 + widths.slice(0, column + 1).reduce((sum, width) => sum + width, 0);
  const size = rows.length > 20 ? 14 : 16;
  const all = rows.flatMap(({ dots }, row) => dots.map((dot) => ({ ...dot, row })));
  const values = all
    .flatMap((dot) => [...endsOf(dot), ...(dot.spread ? [dot.spread.low, dot.spread.high] : [])])
    .filter((value) => value > 0);
  const colourOf = ({ colour, column }: (typeof all)[number]) => colour ?? columns[column].style.colour;
  return configure(chart, {
    type: 'scatter',
    data: {
      datasets: columns.map(({ name, style }, column) => {
        const drawn = all.filter((dot) => dot.column === column && dot.value > 0);
        return {
          label: name,
          data: drawn.map(({ value, row }) => ({ x: value, y: heightOf(row, column) })),
          ...pointOptions(style),
          pointRadius: drawn.map(({ alarm }) => (alarm ? 11 : 7)),
          pointBorderWidth: drawn.map(({ alarm }) => (alarm ? 4 : 3)),
          pointBorderColor: drawn.map((dot) => (dot.alarm ? '#C00000' : colourOf(dot))),
          pointBackgroundColor: drawn.map(colourOf),
        };
      }),
    },
    x: valueScale(axis, values),
    y: dotRowScale(rows.map(({ name }) => name)),
    right: endOf(columns.length - 1) + 12,
    plugins: {
      annotation: annotationsOf(marks),
      strokes: {
        below: true,
        items: all.flatMap((dot) => {
          const { interval, spread, row, column } = dot;
          const line = ({ low, high }: { low: number; high: number }, width: number) => [
            { y: heightOf(row, column), from: low, to: high, colour: colourOf(dot), width },
          ];
          return [...(spread ? line(spread, 1.5) : []), ...(interval ? line(interval, 5) : [])];
        }),
      },
      texts: {
        items: [
          ...columns.flatMap(({ style }, column): TextItem[] =>
            columns.length < 2
              ? []
              : [
                  {
                    words: [heads[column]],
                    x: 'end',
                    y: 'start',
                    dx: endOf(column),
                    dy: -14,
                    size: 16,
                    weight: 600,
                    align: 'right',
                    colour: style.colour,
                    marker: style,
                  },
                ],
          ),
          ...all.map(
            ({ value, row, column }): TextItem => ({
              words: [value > 0 ? print(value) : '0'],
              x: 'end',
              y: row,
              dx: endOf(column),
              size,
              align: 'right',
              colour: columns[column].style.colour,
            }),
          ),
        ],
      },
    },
  });
}

function configureMap(chart: MapChart): ChartConfiguration {
  const { x, y, fields, borders, looks, legend } = chart;
  const fillOf = (field: { readonly answer: Fill['answer']; readonly looks: readonly number[] }): Fill => ({
    answer: field.answer,
    styles: field.looks.map((look) => looks[look].style),
  });
  const lines = borders.map(({ colour, dash, crossings }) => ({
    colour,
    dash,
    pieces: joinCrossings(crossings.map((crossing) => placeCrossing(crossing, chart))),
  }));
  return configure(chart, {
    // A scatter chart without points gives the frame and both scales; the fields are drawn over it.
    type: 'scatter',
    data: { datasets: [] },
    x: fieldScale(x.title, x.unit, x.values, 'x'),
    y: fieldScale(y.title, y.unit, y.values, 'y'),
    right: legendWidth,
    plugins: {
      winnerMap: {
        fields: fields.map((field) => ({
          x: placeOn(x.values, field.x),
          y: placeOn(y.values, field.y),
          fill: fillOf(field),
          text: field.text,
        })),
        borders: lines,
      },
      sideLegend: {
        entries: [
          ...legend.map(
            (one): LegendEntry =>
              'look' in one
                ? { text: one.text, marker: looks[one.look].style }
                : { text: one.text, fill: fillOf(one) },
          ),
          ...borders.map(
            ({ name, colour, dash }, index): LegendEntry => ({
              text: name,
              border: { colour, dash },
              drawnAsBand: lines[index].pieces.every(({ line }) => line.length === 0),
            }),
          ),
        ],
      },
    },
  });
}

/** Lying bars that float: what a thread does from here to there. A group's name stands on a row of its own above its lanes. */
function configureTimeline(chart: TimelineChart): ChartConfiguration {
  const print = printerOf('ns');
  const rows = chart.groups.flatMap(({ name, endNs, lanes }) => [
    { name: '', group: { name, endNs }, spans: [] },
    ...lanes.map((lane) => ({ name: lane.name, group: undefined, spans: lane.spans })),
  ]);
  const spans = rows.flatMap((row, y) => row.spans.map((span) => ({ ...span, y })));
  const parts = [...timelineLooks.keys()].filter((part) => spans.some((span) => span.part === part));
  return configure(chart, {
    type: 'bar',
    data: {
      datasets: parts.map((part, index) => {
        const own = spans.filter((span) => span.part === part);
        return {
          label: part,
          data: own.map(({ from, to, y }) => ({ x: [from, to], y })),
          backgroundColor: timelineLooks.get(part)?.colour,
          borderWidth: 0,
          borderSkipped: false,
          grouped: false,
          maxBarThickness: 30,
          // A span that is shorter than a pixel is there all the same.
          minBarLength: 1,
          categoryPercentage: 1,
          barPercentage: 0.78,
          // chart.js draws low orders last: idle time lies below, a garbage collection over the work that it interrupts.
          order: part === 'gc' ? -1 : parts.length - index - (part === 'idle' ? -parts.length : 0),
        };
      }) as unknown as ChartConfiguration['data']['datasets'],
    },
    x: valueScale(
      { title: 'time since the call began', unit: 'ns', scale: 'linear' },
      chart.groups.map(({ endNs }) => endNs),
    ),
    y: { ...dotRowScale(rows.map(({ name }) => name)), grid: { display: false } } as Scale,
    right: legendWidth,
    indexAxis: 'y',
    plugins: {
      sideLegend: {
        entries: parts.flatMap((part): LegendEntry[] => {
          const look = timelineLooks.get(part);
          return look === undefined ? [] : [{ text: look.means, box: look.colour }];
        }),
      },
      texts: {
        items: rows.flatMap(({ group }, y): TextItem[] =>
          group === undefined
            ? []
            : [
                {
                  words: [`${group.name}: ${print(group.endNs)}`],
                  x: 0,
                  y,
                  dx: 4,
                  size: 17,
                  weight: 600,
                  colour: ink.text,
                },
              ],
        ),
      },
    },
  });
}
