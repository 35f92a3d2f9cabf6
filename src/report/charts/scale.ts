import { scaleTitle } from './frame.js';
import { font, ink } from './ink.js';

/** Range of a scale, in data units. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Smallest range that holds all finite values. */
export function rangeOf(values: readonly number[]): Range {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? { min: 1, max: 10 } : { min: Math.min(...finite), max: Math.max(...finite) };
}

/** The range widened by shares of its own length on the log scale. */
export function widened(range: Range, below: number, above: number): Range {
  const length = Math.max(Math.log(range.max / range.min), Math.log(4));
  return { min: range.min * Math.exp(-below * length), max: range.max * Math.exp(above * length) };
}

/** Whether an axis has a log scale: all values positive, and the largest at least twice the smallest. */
export function readsLogarithmic(values: readonly number[]): boolean {
  const { min, max } = rangeOf(values);
  return min > 0 && max / min >= 2;
}

/** 1, 10, 100 … in the range, with 2 and 5 where decades alone would leave fewer than three. */
export function logTicks(range: Range): number[] {
  const decades = ticksAt(range, [1]);
  if (decades.length >= 3) return decades;
  const finer = ticksAt(range, [1, 2, 5]);
  return finer.length >= 3 ? finer : ticksAt(range, [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]);
}

function ticksAt(range: Range, mantissas: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let decade = Math.floor(Math.log10(range.min)); decade <= Math.ceil(Math.log10(range.max)); decade++) {
    for (const mantissa of mantissas) {
      const tick = Number((mantissa * 10 ** decade).toPrecision(2));
      if (tick >= range.min && tick <= range.max) ticks.push(tick);
    }
  }
  return ticks;
}

/** The vertical log scale of times or ratios. */
export function valueScale(range: Range, title: string, format: (value: number) => string) {
  return {
    type: 'logarithmic',
    min: range.min,
    max: range.max,
    title: scaleTitle(title),
    grid: { color: ink.grid },
    border: { color: ink.frame },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = logTicks(range).map((value) => ({ value }));
    },
    ticks: { font: font(17), color: ink.text, callback: (value: number | string) => format(Number(value)) },
  } as const;
}

/** The horizontal scale of an axis: ticks at the measured values and nowhere else. */
export function sizeScale(values: readonly number[], title: string, format: (value: number) => string) {
  const logarithmic = readsLogarithmic(values);
  const { min, max } = rangeOf(values);
  const room = logarithmic
    ? widened({ min, max }, 0.03, 0.03)
    : { min: min - 0.03 * (max - min), max: max + 0.03 * (max - min) };
  return {
    type: logarithmic ? 'logarithmic' : 'linear',
    min: room.min,
    max: room.max,
    title: scaleTitle(title),
    grid: { color: ink.grid },
    border: { color: ink.frame },
    afterBuildTicks: (scale: { ticks: { value: number }[] }) => {
      scale.ticks = apart(values, room, logarithmic).map((value) => ({ value }));
    },
    ticks: {
      font: font(17),
      color: ink.text,
      autoSkip: false,
      maxRotation: 0,
      callback: (value: number | string) => format(Number(value)),
    },
  } as const;
}

/** Values that stand at least 1/14 of the axis apart, the first and the last among them: labels must not overlap. */
function apart(values: readonly number[], room: Range, logarithmic: boolean): number[] {
  const scale = (value: number) => (logarithmic ? Math.log(value) : value);
  const place = (value: number) => (scale(value) - scale(room.min)) / (scale(room.max) - scale(room.min));
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted[sorted.length - 1];
  const kept: number[] = [];
  for (const value of sorted) {
    const clear = kept.length === 0 || place(value) - place(kept[kept.length - 1]) >= 1 / 14;
    if (value === last && !clear) kept.pop();
    if (clear || value === last) kept.push(value);
  }
  return kept;
}
