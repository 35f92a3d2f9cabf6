import type {
  AccountAnalysis,
  Analysis,
  BandwidthFigure,
  CellAnalysis,
  Crossover,
  CrossoverAnalysis,
  CrossoverQuestion,
  Estimate,
  Slice,
} from '../../analysis/types.js';
import type { Point } from '../../contract/scenario.js';
import type { LinesChart, Mark, Series } from '../../document/chart.js';
import { printOnAxis } from '../../document/units.js';
import { allCells, parallelLabels } from '../lookup.js';
import { liesOn, samePoint, varyingAxes } from '../points.js';
import {
  caption,
  chartTitle,
  factorAxis,
  fixedPart,
  hostLine,
  ranged,
  subtitle,
  sweptAxis,
  timeOf,
} from './frame.js';
import { pointsOnLine } from './slices.js';
import { lookOf } from './style.js';

/** Neutral, so that no border looks like a strategy; on a map they are told apart without colours, too. */
export const questionLooks: Readonly<Record<CrossoverQuestion, { colour: string; dash: readonly number[] }>> =
  {
    'single-thread against for-loop': { colour: '#5B3A8C', dash: [] },
    'parallel against best single-thread': { colour: '#A01040', dash: [12, 7] },
  };

const band = 'Band: 95 % interval.';
const crossings = 'Shaded upright: interval of a crossover.';

/** Time against size: a line for each strategy, its crossovers marked. */
export function timeChart(
  analysis: Analysis,
  account: AccountAnalysis,
  slice: Slice,
): LinesChart | undefined {
  const series = seriesAlong(analysis, account, slice, timeOf, boundOf);
  if (series.length === 0) return undefined;
  const marks = crossoverMarks(account, slice, [
    'single-thread against for-loop',
    'parallel against best single-thread',
  ]);
  const { strategies } = analysis.header;
  const beside = strategies
    .filter(({ home }) => home === 'program')
    .some((one) => series.some(({ name }) => name === lookOf(one, strategies).name));
  return {
    kind: 'lines',
    title: chartTitle(analysis, 'which way is the fastest?'),
    subtitle: subtitle(analysis, account.account, fixedPart(slice.fixed)),
    caption: caption(
      `Lower is faster; both scales grow by factors. ${band}`,
      marks.length > 0 ? crossings : '',
      series.some(({ bounds }) => bounds.length > 0)
        ? 'Large triangle: stopped at its limit, takes longer than this.'
        : '',
      beside ? '"Own data": it starts in that program; a ruler, not ranked.' : '',
    ),
    x: sweptAxis(slice.axis),
    y: factorAxis('time per run', 'ns'),
    series,
    marks,
  };
}

/** Speed-up against size: how many times as fast as the best single-thread strategy, with the line at 1. */
export function speedUpChart(
  analysis: Analysis,
  account: AccountAnalysis,
  slice: Slice,
): LinesChart | undefined {
  const series = seriesAlong(analysis, account, slice, (cell) => cell.speedUp);
  // Single-thread strategies alone stand at 1 or below by definition: the time chart says all there is.
  const parallel = parallelLabels(analysis);
  if (!series.some(({ name }) => parallel.includes(name))) return undefined;
  const marks = crossoverMarks(account, slice, ['parallel against best single-thread']);
  return {
    kind: 'lines',
    title: chartTitle(analysis, 'does it pay to leave the single thread?'),
    subtitle: subtitle(analysis, account.account, fixedPart(slice.fixed)),
    caption: caption(
      `Above the line at 1× a strategy beats the best single-thread one, below it loses. ${band}`,
      marks.length > 0 ? crossings : '',
    ),
    x: sweptAxis(slice.axis),
    y: {
      ...factorAxis('speed-up over the best single thread (above 1× it pays)', 'ratio'),
      atLeast: { min: 0.8, max: 2 },
    },
    series,
    marks: [...marks, { axis: 'y', at: 1, shaded: { low: 1 }, colour: '#000000' }],
  };
}

function boundOf(cell: CellAnalysis): number | undefined {
  return cell.state.kind === 'bound' ? cell.state.overNs : undefined;
}

/** The lines of all strategies that have a figure or a bound on the slice; a point that has neither is absent. */
function seriesAlong(
  { header: { strategies } }: Analysis,
  account: AccountAnalysis,
  slice: Slice,
  figure: (cell: CellAnalysis) => Estimate | undefined,
  bound: (cell: CellAnalysis) => number | undefined = () => undefined,
): Series[] {
  const places = pointsOnLine(account, slice).map((point) => ({
    x: Number(point.point[slice.axis]),
    cells: allCells(point),
  }));
  return strategies.flatMap((strategy) => {
    const cells = places.flatMap(({ x, cells }) =>
      cells.filter((cell) => cell.strategy === strategy.label).map((cell) => ({ x, cell })),
    );
    const points = cells.flatMap(({ x, cell }) => {
      const estimate = figure(cell);
      return estimate === undefined ? [] : [{ x, ...ranged(estimate) }];
    });
    const bounds = cells.flatMap(({ x, cell }) => {
      const y = bound(cell);
      return y === undefined ? [] : [{ x, y }];
    });
    return points.length + bounds.length === 0 ? [] : [{ ...lookOf(strategy, strategies), points, bounds }];
  });
}

/** The crossovers of a slice, from left to right. */
function crossoverMarks(
  account: AccountAnalysis,
  slice: Slice,
  questions: readonly CrossoverQuestion[],
): Mark[] {
  return account.crossovers
    .filter(
      ({ axis, fixed, question }) =>
        axis === slice.axis && questions.includes(question) && samePoint(fixed, slice.fixed),
    )
    .flatMap((analysis) => analysis.crossovers.map((crossover) => ({ analysis, crossover })))
    .sort((a, b) => a.crossover.at - b.crossover.at)
    .map(({ analysis, crossover }) => ({
      axis: 'x',
      // Somewhere in a bracket is all that is known: a line would say more.
      ...(crossover.bracketOnly ? {} : { at: crossover.at }),
      shaded: crossover.interval,
      colour: questionLooks[analysis.question].colour,
      text: markText(analysis, crossover),
    }));
}

function markText(analysis: CrossoverAnalysis, { at, interval, bracketOnly, below }: Crossover): string {
  const { challengers } = analysis.regions.find(
    (region) =>
      region.winner === 'challenger' && (below === 'challenger' ? region.to <= at : region.from >= at),
  ) ?? { challengers: [] };
  const vectorizing = analysis.question === 'single-thread against for-loop';
  const who = challengers.length === 1 ? challengers[0] : vectorizing ? 'single-thread' : 'parallel';
  const beats = vectorizing ? `${who} beats for-loop` : `${who} beats one thread`;
  const print = (value: number) => printOnAxis(analysis.axis, value, bracketOnly ? undefined : 2);
  const range = `[${print(interval.low)}, ${print(interval.high)}]`;
  const where = bracketOnly ? `somewhere in ${range}` : `${print(at)} ${range}`;
  return `${beats} ${below === 'challenger' ? 'up to' : 'from'} ${where}`;
}

/** Bytes per second against the size of what a pass reads and writes. */
export interface BandwidthPlot {
  /** The axes that are no sizes. */
  readonly at: Point;
  readonly chart: LinesChart;
}

/** A plot for each combination of the axes that are no sizes. */
export function bandwidthPlots(analysis: Analysis): BandwidthPlot[] {
  const points = analysis.bandwidth.map(({ point }) => point);
  const axes = varyingAxes(points).filter((axis) => axis !== 'keys' && axis !== 'length');
  const groups = new Map<string, Point>();
  for (const point of points) {
    const part = Object.fromEntries(axes.flatMap((axis) => (axis in point ? [[axis, point[axis]]] : [])));
    groups.set(JSON.stringify(part), part);
  }
  return [...groups.values()].map((at) => {
    const figures = analysis.bandwidth.filter(({ point }) => liesOn(point, at));
    return { at, chart: bandwidthChart(analysis, figures, fixedPart(at)) };
  });
}

function bandwidthChart(analysis: Analysis, figures: readonly BandwidthFigure[], fixed: string): LinesChart {
  const { strategies, host } = analysis.header;
  const sizes = figures.map(({ bytes }) => bytes);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  return {
    kind: 'lines',
    title: chartTitle(analysis, 'how fast does memory let data through?'),
    subtitle: [
      hostLine(analysis),
      `resident: read plus written per second${fixed === '' ? '' : ` · ${fixed}`}`,
    ],
    caption: `Higher is faster; both scales grow by factors. ${band} Dashed upright: size of a data cache of the first processor.`,
    x: { title: 'read plus written in a pass', unit: 'bytes', scale: 'auto' },
    y: factorAxis('bytes per second', 'bytes/s'),
    series: strategies.flatMap((strategy) => {
      const points = figures
        .filter((figure) => figure.strategy === strategy.label)
        .sort((a, b) => a.bytes - b.bytes)
        .map(({ bytes, bytesPerSecond }) => ({ x: bytes, ...ranged(bytesPerSecond) }));
      return points.length === 0 ? [] : [{ ...lookOf(strategy, strategies), points, bounds: [] }];
    }),
    marks: (host.caches ?? [])
      .filter(({ bytes }) => bytes > smallest && bytes < largest)
      .map(({ name, bytes }) => ({ axis: 'x', at: bytes, colour: '#555555', text: name })),
  };
}
