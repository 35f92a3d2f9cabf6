import type { Analysis, BandwidthFigure } from '../../analysis/types.js';
import type { Point } from '../../contract/scenario.js';
import type { CacheRecord } from '../../results/format.js';
import { formatPoint, liesOn, varyingAxes } from '../axes.js';
import { styleOf } from '../strategy-style.js';
import { formatBytes, formatRate } from '../units.js';
import { hostLine } from '../wording.js';
import { endLabelsPlugin, endLabelsWidth } from './end-labels.js';
import { type Frame, framePlugin, padding } from './frame.js';
import { brushFont, ink } from './ink.js';
import { endLabels, type Line, lineDatasets, valuesOf } from './lines.js';
import type { Annotation, Brush, Picture, PicturePlugin } from './picture.js';
import { rangeOf, sizeScale, valueScale, widened } from './scale.js';

export interface BandwidthPlot {
  /** The axes that are no sizes. */
  readonly at: Point;
  readonly picture: Picture;
}

/** Bytes per second against the size of what a pass reads and writes, a plot per combination of the other axes. */
export function bandwidthPlots(analysis: Analysis): BandwidthPlot[] {
  const points = analysis.bandwidth.map(({ point }) => point);
  const axes = varyingAxes(points).filter((axis) => axis !== 'keys' && axis !== 'length');
  const groups = new Map<string, Point>();
  for (const point of points) {
    const part = Object.fromEntries(axes.flatMap((axis) => (axis in point ? [[axis, point[axis]]] : [])));
    groups.set(JSON.stringify(part), part);
  }
  return [...groups.values()].map((part) => {
    const fixed = Object.keys(part).length === 0 ? '' : formatPoint(part);
    const figures = analysis.bandwidth.filter(({ point }) => liesOn(point, part));
    return { at: part, picture: plot(analysis, figures, fixed) };
  });
}

function plot(analysis: Analysis, figures: readonly BandwidthFigure[], fixed: string): Picture {
  const lines = linesOf(analysis, figures);
  const sizes = [...new Set(figures.map(({ bytes }) => bytes))].sort((a, b) => a - b);
  const frame: Frame = {
    title: `${analysis.header.scenario.title}: how fast does memory let data through?`,
    subtitle: [
      hostLine(analysis),
      `resident: read plus written per second${fixed === '' ? '' : ` · ${fixed}`}`,
    ],
    caption:
      'Higher is faster; both scales grow by factors. Band: 95 % interval. Dashed upright: size of a data cache of the first processor.',
  };
  const range = widened(rangeOf(valuesOf(lines)), 0.08, 0.12);
  const caches = (analysis.header.host.caches ?? []).filter(
    ({ bytes }) => bytes > sizes[0] && bytes < sizes[sizes.length - 1],
  );
  return {
    type: 'line',
    data: { datasets: lineDatasets(lines) },
    plugins: [framePlugin(frame), endLabelsPlugin(endLabels(lines)), cacheNamesPlugin(caches)],
    options: {
      devicePixelRatio: 2,
      layout: { padding: padding(frame, endLabelsWidth) },
      scales: {
        x: sizeScale(sizes, 'read plus written in a pass', formatBytes),
        y: valueScale(range, 'bytes per second', formatRate),
      },
      plugins: {
        legend: { display: false },
        annotation: { annotations: cacheLines(caches) },
      },
    },
  };
}

function linesOf({ header }: Analysis, figures: readonly BandwidthFigure[]): Line[] {
  return header.strategies.flatMap(({ label, home }) => {
    const points = figures
      .filter(({ strategy }) => strategy === label)
      .sort((a, b) => a.bytes - b.bytes)
      .map(({ bytes, bytesPerSecond }) => ({ x: bytes, estimate: bytesPerSecond }));
    if (points.length === 0) return [];
    return [
      { label, beside: home === 'program', style: styleOf(label, header.strategies), points, bounds: [] },
    ];
  });
}

/** An upright line at the size of each cache. */
function cacheLines(caches: readonly CacheRecord[]): Record<string, Annotation> {
  return Object.fromEntries(
    caches.map(({ name, bytes }) => [
      name,
      {
        type: 'line',
        xMin: bytes,
        xMax: bytes,
        borderColor: '#555555',
        borderDash: [8, 6],
        borderWidth: 2,
        drawTime: 'beforeDatasetsDraw',
      } as const,
    ]),
  );
}

/** The caches' names at the top of their lines. */
function cacheNamesPlugin(caches: readonly CacheRecord[]): PicturePlugin {
  return {
    id: 'cache-names',
    afterDatasetsDraw: (chart) => {
      const brush: Brush = chart.ctx;
      brush.save();
      brush.font = brushFont(17, 600);
      brush.fillStyle = ink.quiet;
      brush.textAlign = 'right';
      brush.textBaseline = 'top';
      for (const { name, bytes } of caches)
        brush.fillText(name, chart.scales.x.getPixelForValue(bytes) - 6, chart.chartArea.top + 8);
      brush.restore();
    },
  };
}
