import { axisWords } from '../contract/axes.js';
import { type Figure, type Ranged, readFigure, type Unit } from './figure.js';

/* How a figure is printed, by its unit alone. The one home of times, ratios, shares, counts, sizes and places on axes. */

/** A figure as a reader sees it, with its interval: "1.23 ms [1.2, 1.31]". */
export function printFigure(figure: Figure): string {
  const value = readFigure(figure);
  const { unit, digits } = figure;
  if (typeof value === 'string') return value;
  if (typeof unit === 'object') return printOnAxis(unit.axis, numberOf(value), digits);
  const shown = figure.unsigned === undefined ? value : withoutSign(value);
  return printers[unit](typeof shown === 'number' ? { value: shown } : shown, digits ?? 3);
}

const printers: Readonly<Record<Exclude<Unit, object>, (value: Ranged, digits: 2 | 3) => string>> = {
  ns: (time, digits) => timeText(time, digits),
  ms: ({ value }, digits) => formatNs(value * 1e6, digits),
  duration: ({ value }) => formatDuration(value),
  bytes: ({ value }) => formatBytes(value),
  'bytes/s': rateText,
  'bytes/ns': ({ value }) => formatRate(twoDigits(value) * 1e9),
  ratio: ratioText,
  change: changeText,
  difference: ({ value }) => differenceText(value),
  count: ({ value }, digits) => formatCount(digits === 2 ? twoDigits(value) : value),
  whole: ({ value }) => String(value),
  share: shareText,
  part: ({ value }) => `${value < 0.01 ? (value * 100).toFixed(1) : Math.round(value * 100)} %`,
  level: ({ value }) => `${100 * value} %`,
  cores: ({ value }) => (value < 0.1 ? value.toPrecision(1) : value.toFixed(1)),
  runs: (uses) => usesText(uses, ['call', 'calls']),
  passes: (uses) => usesText(uses, ['pass', 'passes']),
};

function numberOf(value: number | Ranged): number {
  return typeof value === 'number' ? value : value.value;
}

function withoutSign(value: number | Ranged): number {
  return Math.abs(numberOf(value));
}

/** A value as on a tick: "10k", "50 ms"; of an estimated place two digits, since more would pretend. */
export function printOnAxis(axis: string, value: number, digits?: 2 | 3): string {
  const rounded = digits === 2 ? twoDigits(value) : value;
  const { unitNs } = axisWords(axis);
  return unitNs === undefined ? formatCount(rounded) : formatNs(rounded * unitNs);
}

export function twoDigits(value: number): number {
  return Number(value.toPrecision(2));
}

/** How a value is written: divided by `scale`, with so many decimals, and the unit behind it. */
interface Notation {
  readonly scale: number;
  readonly decimals: number;
  readonly unit: string;
}

const timeUnits = [
  { scale: 1, unit: ' ns' },
  { scale: 1e3, unit: ' µs' },
  { scale: 1e6, unit: ' ms' },
  { scale: 1e9, unit: ' s' },
];

const countUnits = [
  { scale: 1, unit: '' },
  { scale: 1e3, unit: 'k' },
  { scale: 1e6, unit: 'M' },
  { scale: 1e9, unit: 'G' },
];

const byteUnits = [
  { scale: 1, unit: ' B' },
  { scale: 2 ** 10, unit: ' KiB' },
  { scale: 2 ** 20, unit: ' MiB' },
  { scale: 2 ** 30, unit: ' GiB' },
  { scale: 2 ** 40, unit: ' TiB' },
];

const rateUnits = [
  { scale: 1e6, unit: ' MB/s' },
  { scale: 1e9, unit: ' GB/s' },
];

/** 1,234,567 ns → "1.23 ms". Three significant digits at most (two in sentences), no zeros behind the point. */
export function formatNs(ns: number, digits = 3): string {
  return write(ns, notation(ns, timeUnits, digits));
}

const longUnits = [
  { ns: 60e9, unit: 'min' },
  { ns: 3_600e9, unit: 'h' },
  { ns: 86_400e9, unit: 'days' },
];

/** "3.2 h", "1.5 days"; below two minutes as other times. Two digits: what takes so long is projected. */
export function formatDuration(ns: number): string {
  const long = longUnits.findLast((one) => ns >= 2 * one.ns);
  return long === undefined
    ? formatNs(ns, 2)
    : `${twoDigits(ns / long.ns).toLocaleString('en-US')} ${long.unit}`;
}

/** "45 s", "3 min", "1 h 40 min": time to wait, as exact as a guess of it can be. */
export function formatWait(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A time with its interval in one unit: "1.23 ms [1.2, 1.31]". */
export function timeText({ value, interval }: Ranged, digits = 3): string {
  const how = notation(value, timeUnits, digits);
  return `${write(value, how)}${bracket(interval, how)}`;
}

/** 10,000 → "10k", 1,000,000 → "1M"; below 10,000 a number that is not round stays whole: "4,096". */
export function formatCount(count: number): string {
  if (Math.abs(count) < 1000) return trimmed(count, decimalsFor(count, 3));
  if (Math.abs(count) < 10_000 && count % 100 !== 0) return Math.round(count).toLocaleString('en-US');
  return write(count, notation(count, countUnits, 3));
}

/** 8,589,934,592 → "8 GiB". Binary units, as memory is sold and limited. */
export function formatBytes(bytes: number): string {
  return write(bytes, notation(bytes, byteUnits, 2));
}

/** 12,345,000,000 bytes per second → "12.3 GB/s". Decimal units, as bandwidth is told. */
export function formatRate(bytesPerSecond: number): string {
  return write(bytesPerSecond, notation(bytesPerSecond, rateUnits, 3));
}

/** A rate with its interval: "12.3 GB/s [12, 12.6]". */
export function rateText({ value, interval }: Ranged): string {
  const how = notation(value, rateUnits, 3);
  return `${write(value, how)}${bracket(interval, how)}`;
}

/** 5.123 → "5.1×". Two decimals between 0.1 and 2, where they decide; two digits elsewhere; whole numbers from 10 on. */
export function formatRatio(ratio: number): string {
  return write(ratio, ratioNotation(ratio));
}

/** A ratio with its interval: "5.1× [4.8, 5.4]". */
export function ratioText({ value, interval }: Ranged): string {
  const how = ratioNotation(value);
  return `${write(value, how)}${bracket(interval, how)}`;
}

/** A ratio as a change, with its interval: "+15 % [+12 %, +18 %]"; from a doubling on as a factor: "2.1× [2×, 2.2×]". */
export function changeText({ value, interval }: Ranged): string {
  const one = isFactor(value) ? formatRatio : signed;
  return `${one(value)}${interval === undefined ? '' : ` [${one(interval.low)}, ${one(interval.high)}]`}`;
}

/** What a ratio adds or takes away is hard to read from a doubling on: a factor says more. */
function isFactor(ratio: number): boolean {
  return ratio >= 2 || ratio <= 0.5;
}

function signed(ratio: number): string {
  const share = Math.abs(ratio - 1);
  const text = formatPercent(share < 0.001 ? 0 : share);
  return text === '0 %' ? '±0 %' : `${ratio > 1 ? '+' : '−'}${text}`;
}

/** How far a ratio is from 1: "15 %" for 1.15 as for 0.85; "2.1×" for 2.1. */
function differenceText(ratio: number): string {
  const factor = ratio > 1 ? ratio : 1 / ratio;
  return factor >= 2 ? formatRatio(factor) : formatPercent(Math.abs(1 - ratio));
}

/** 0.05 → "5 %". */
export function formatPercent(share: number): string {
  return `${trimmed(share * 100, decimalsFor(share * 100, 2))} %`;
}

/** A share with its interval: "62 % [58 %, 66 %]". */
function shareText({ value, interval }: Ranged): string {
  const range =
    interval === undefined ? '' : ` [${formatPercent(interval.low)}, ${formatPercent(interval.high)}]`;
  return `${formatPercent(value)}${range}`;
}

/** "3 passes [2, 4]", "1 run": rounded up, since half a use pays nothing back. */
function usesText({ value, interval }: Ranged, [one, more]: readonly [string, string]): string {
  const end = (uses: number) => (Number.isFinite(uses) ? formatCount(Math.ceil(uses)) : 'never');
  const range = interval === undefined ? '' : ` [${end(interval.low)}, ${end(interval.high)}]`;
  const times = Math.ceil(value);
  return `${formatCount(times)} ${times === 1 ? one : more}${range}`;
}

function ratioNotation(ratio: number): Notation {
  const size = Math.abs(ratio);
  const decimals = size >= 10 ? 0 : size >= 2 ? 1 : size >= 0.1 ? 2 : decimalsFor(ratio, 2);
  return { scale: 1, decimals, unit: '×' };
}

function notation(
  value: number,
  units: readonly { scale: number; unit: string }[],
  digits: number,
): Notation {
  // 999.7 ns would be written "1000 ns" by its own unit: the value is rounded before the unit is chosen. But never
  // down: two digits of 2^20 are less than a MiB.
  const rounded = Math.max(Math.abs(value), Math.abs(Number(value.toPrecision(digits))));
  const fitting = units.findLast(({ scale }) => rounded >= scale) ?? units[0];
  return { ...fitting, decimals: decimalsFor(value / fitting.scale, digits) };
}

function decimalsFor(value: number, digits: number): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const magnitude = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
  return Math.min(12, Math.max(0, digits - 1 - magnitude));
}

function write(value: number, how: Notation): string {
  const text = trimmed(value / how.scale, how.decimals);
  return Number.isFinite(value) ? `${text}${how.unit}` : text;
}

/** Ends of an interval in the unit of its estimate, with at least as many digits as tell them from zero. */
function bracket(interval: Ranged['interval'], how: Notation): string {
  if (interval === undefined) return '';
  const end = (value: number) => {
    const scaled = value / how.scale;
    return trimmed(
      scaled,
      Math.abs(scaled) < 1 ? Math.max(how.decimals, decimalsFor(scaled, 1)) : how.decimals,
    );
  };
  return ` [${end(interval.low)}, ${end(interval.high)}]`;
}

function trimmed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'unknown';
  const whole = Math.abs(value) >= 10_000;
  const text = whole ? Math.round(value).toLocaleString('en-US') : value.toFixed(decimals);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short.replace('-', '−');
}
