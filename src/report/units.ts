import type { Estimate, Interval } from '../analysis/types.js';
import { noted } from './pointers/note.js';

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

/** A time with its interval in one unit: "1.23 ms [1.2, 1.31]". */
export function formatTime(time: Estimate): string {
  return noted(timeText(time), { kind: 'estimate', from: time });
}

/** The same, of an estimate that is none of the results. */
export function timeText({ value, interval }: Estimate): string {
  const how = notation(value, timeUnits, 3);
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
export function formatRateEstimate(rate: Estimate): string {
  const how = notation(rate.value, rateUnits, 3);
  return noted(`${write(rate.value, how)}${bracket(rate.interval, how)}`, { kind: 'estimate', from: rate });
}

/** 5.123 → "5.1×". Two decimals between 0.1 and 2, where they decide; two digits elsewhere; whole numbers from 10 on. */
export function formatRatio(ratio: number): string {
  return write(ratio, ratioNotation(ratio));
}

/** A ratio with its interval: "5.1× [4.8, 5.4]". */
export function formatRatioEstimate(ratio: Estimate): string {
  const how = ratioNotation(ratio.value);
  return noted(`${write(ratio.value, how)}${bracket(ratio.interval, how)}`, {
    kind: 'estimate',
    from: ratio,
  });
}

/** 0.05 → "5 %". */
export function formatPercent(share: number): string {
  return `${trimmed(share * 100, decimalsFor(share * 100, 2))} %`;
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
function bracket(interval: Interval | undefined, how: Notation): string {
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
