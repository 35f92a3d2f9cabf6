import type { ChartConfiguration } from 'chart.js';
import type { Axis } from '../document/chart.js';
import { figure, type Unit } from '../document/figure.js';
import { printFigure } from '../document/units.js';
import { font, ink, nameLines } from './brush.js';

/* Axes as scales of chart.js. */

export type Scale = NonNullable<NonNullable<ChartConfiguration['options']>['scales']>[string];

/** Range of a scale, in data units. */
interface Range {
  readonly min: number;
  readonly max: number;
}

/** How a value of a unit is written on a tick, or beside what it is the value of. */
export function printerOf(unit: Unit): (value: number | string) => string {
  return (value) => printFigure(figure({ value: Number(value) }, 'value', unit));
}

function styled(title: string, print: (value: number | string) => string | string[], size = 17) {
  return {
    title: { display: title !== '', text: title, font: font(18, 600), color: ink.text },
    grid: { color: ink.grid },
    border: { color: ink.frame },
    ticks: { font: font(size), color: ink.text, autoSkip: false, maxRotation: 0, callback: print },
  };
}

/** Ticks at these values and nowhere else. */
function ticksAt(values: readonly number[]) {
  return {
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = values.map((value) => ({ value }));
    },
  };
}

/** The scale of values: round ticks. `headroom`: share of the plot that is kept free above the largest. */
export function valueScale(axis: Axis, values: readonly number[], headroom = 0): Scale {
  const { min, max } = rangeOf([...values, ...endsOf(axis)]);
  const common = styled(axis.title, printerOf(axis.unit));
  if (axis.scale !== 'linear') {
    const shown = widened({ min, max }, 0.05, 0.05 + headroom);
    return { ...common, ...shown, ...ticksAt(logTicks(shown)), type: 'logarithmic' };
  }
  // A bar is a length from zero; what is written behind it needs room.
  const shown = axis.atLeast === undefined ? { min: 0, max: max * 1.16 } : { min, max };
  return { ...common, ...shown, type: 'linear', ticks: { ...common.ticks, includeBounds: false } };
}

/** From 0 to 100 %. */
export function shareScale(title: string): Scale {
  return { ...styled(title, printerOf('share')), type: 'linear', min: 0, max: 1 };
}

/** The scale of sizes: ticks at the values that were measured. */
export function sizeScale(axis: Axis, all: readonly number[]): Scale {
  const values = [...new Set(all)].sort((a, b) => a - b);
  const { min, max } = rangeOf(values);
  const byFactors = axis.scale === 'factors' || (axis.scale === 'auto' && min > 0 && max / min >= 2);
  const edge = 0.03 * (max - min);
  const shown = byFactors ? widened({ min, max }, 0.03, 0.03) : { min: min - edge, max: max + edge };
  return {
    ...styled(axis.title, printSize(axis)),
    ...shown,
    ...ticksAt(apart(values, shown, byFactors, axis.names === undefined ? 14 : 9)),
    type: byFactors ? 'logarithmic' : 'linear',
  };
}

function printSize({ names, unit }: Axis): (value: number | string) => string {
  return names === undefined ? printerOf(unit) : (value) => names[Number(value)] ?? '';
}

/** Names at 0, 1, 2 … of a scale, on two lines where there is room; else without the names of options. */
export function rowScale(names: readonly string[]) {
  const nameOf = (value: number | string) => {
    const name = names[Number(value)] ?? '';
    const lines = nameLines(name);
    if (lines.length === 1) return name;
    return names.length <= 10 ? lines : name.replace(/[[,][^=,[\]]*=/g, ' ').replace(/\](?=[^\]]*$)/, '');
  };
  return styled('', nameOf, names.length > 20 ? 14 : names.length > 10 ? 16 : 17);
}

/** Rows of dots, from the top down. */
export function dotRowScale(names: readonly string[]): Scale {
  const range = { min: -0.6, max: names.length - 0.4 };
  return {
    ...rowScale(names),
    ...range,
    ...ticksAt(names.map((_, row) => row)),
    type: 'linear',
    reverse: true,
  };
}

/** Field `i` of a map spans i − 0.5 to i + 0.5: its values grow by factors, so that equal widths are right. */
export function fieldScale(title: string, unit: Unit, values: readonly number[], axis: 'x' | 'y'): Scale {
  const print = printerOf(unit);
  return {
    ...styled(title, (place) => print(values[Number(place)])),
    ...ticksAt(values.map((_, index) => index)),
    type: 'linear',
    axis,
    min: -0.5,
    max: values.length - 0.5,
    grid: { display: false },
  };
}

function endsOf({ atLeast }: Axis): number[] {
  return atLeast === undefined ? [] : [atLeast.min, atLeast.max];
}

/** Smallest range that holds all finite values. */
function rangeOf(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? { min: 1, max: 10 } : { min: Math.min(...finite), max: Math.max(...finite) };
}

/** The range widened by shares of its own length in factors. */
function widened(range: Range, below: number, above: number): Range {
  const length = Math.max(Math.log(range.max / range.min), Math.log(4));
  return { min: range.min * Math.exp(-below * length), max: range.max * Math.exp(above * length) };
}

/** Below a factor of two equal steps; else 1, 10, 100 … in the range, with finer ones where they would be fewer than three. */
function logTicks(range: Range): number[] {
  if (range.max / range.min < 2) return stepTicks(range);
  const finer = [[1], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]].map((each) => factorTicks(range, each));
  return finer.find((ticks) => ticks.length >= 3) ?? stepTicks(range);
}

function factorTicks({ min, max }: Range, mantissas: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(min)); decade <= Math.ceil(Math.log10(max)); decade++)
    for (const mantissa of mantissas) {
      const tick = Number((mantissa * 10 ** decade).toPrecision(2));
      if (tick >= min && tick <= max) ticks.push(tick);
    }
  return ticks;
}

/** Four to eight round steps. */
function stepTicks({ min, max }: Range): number[] {
  const rough = (max - min) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([5, 2, 1].find((each) => each * power <= rough) ?? 1);
  const first = Math.ceil(min / step);
  const count = Math.floor(max / step) - first + 1;
  return Array.from({ length: Number.isFinite(count) ? Math.max(0, count) : 0 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

/**
 * So many values at most, evenly apart, the first and the last among them: labels must not overlap, and names are longer than
 * numbers.
 */
function apart(values: readonly number[], { min, max }: Range, byFactors: boolean, most: number): number[] {
  const scale = (value: number) => (byFactors ? Math.log(value) : value);
  const place = (value: number) => (scale(value) - scale(min)) / (scale(max) - scale(min));
  const last = values[values.length - 1];
  const kept: number[] = [];
  for (const value of values) {
    const clear = kept.length === 0 || place(value) - place(kept[kept.length - 1]) >= 1 / most;
    if (value === last && !clear) kept.pop();
    if (clear || value === last) kept.push(value);
  }
  return kept;
}
