import type { Estimate } from '../../analysis/types.js';
import type { Compared, Comparison, Crossing, CrossoverChange } from '../../compare/types.js';
import { plainText } from '../../document/words.js';
import { heldText } from '../../documents/verdict/region-words.js';
import { axisTitle, formatAmount, formatPoint, twoDigits } from '../axes.js';
import { listed } from '../plain-text.js';
import { formatBytes, formatNs, formatPercent, formatRatio } from '../units.js';

/** "+15 % [+12 %, +18 %]"; from a doubling on as a factor: "2.1× [2, 2.2]". */
export function changeText({ value, interval }: Estimate): string {
  const one = value >= 2 || value <= 0.5 ? formatRatio : signed;
  return `${one(value)}${interval === undefined ? '' : ` [${one(interval.low)}, ${one(interval.high)}]`}`;
}

function signed(ratio: number): string {
  const share = Math.abs(ratio - 1);
  const text = formatPercent(share < 0.001 ? 0 : share);
  return text === '0 %' ? '±0 %' : `${ratio > 1 ? '+' : '−'}${text}`;
}

/** "15 % slower", "2.1× slower", "9 % faster"; for memory and CPU time more or less of it. */
export function changeWords({ quantity, ratio }: Pick<Compared, 'quantity' | 'ratio'>): string {
  const up = ratio.value > 1;
  const factor = up ? ratio.value : 1 / ratio.value;
  const size = factor >= 2 ? formatRatio(factor) : formatPercent(up ? factor - 1 : 1 - ratio.value);
  if (quantity === 'cpu') return `${size} ${up ? 'more' : 'less'} CPU time`;
  if (quantity === 'memory') return `${size} ${up ? 'more' : 'less'} memory`;
  return `${size} ${up ? 'slower' : 'faster'}${quantity === 'time' ? '' : ' against for-loop'}`;
}

/** A measured value in its unit. */
export function valueText({ quantity }: Pick<Compared, 'quantity'>, { value }: Estimate): string {
  if (quantity === 'memory') return formatBytes(value);
  return quantity === 'ratio to for-loop' ? formatRatio(value) : formatNs(value);
}

/** "warm, 8 keys, lists of 1k", or "warm, all 3 points". */
export function whereText({ account, point, points }: Compared): string {
  const at = point === undefined ? allPoints(points) : formatPoint(point);
  return account === undefined ? at : `${account}, ${at}`;
}

/** "both points", "all 3 points". */
export function allPoints(count: number): string {
  return count === 2 ? 'both points' : `all ${count} points`;
}

/** "`worker-threads` used to pay from 40k numbers per list, now from 95k numbers per list (warm)". */
export function crossoverText(change: CrossoverChange): string {
  const { account, axis, before, after, challengers, question } = change;
  const fallback =
    question === 'parallel against best single-thread' ? 'a pool' : 'another single-thread way';
  const who =
    challengers.length === 0
      ? fallback
      : listed(
          challengers.map((label) => `\`${label}\``),
          'or',
        );
  return `${who} used to pay ${payText(axis, before)}, now ${payText(axis, after)} (${account}${plainText(heldText(change) ?? [])})`;
}

function payText(axis: string, crossing: Crossing): string {
  if (crossing.kind !== 'at')
    return crossing.kind === 'always' ? `at every measured value of ${axisTitle(axis)}` : 'nowhere';
  const place = formatAmount(axis, twoDigits(crossing.at));
  return crossing.below === 'challenger' ? `up to ${place}` : `from ${place} on`;
}

/** "main against head". */
export function sidesText({ base, head }: Comparison): string {
  return `base ${base.name}, head ${head.name}`;
}

/** Where several scenarios are compared, a row says of which it is. */
export function scenarioPrefix(comparison: Comparison, scenario: string): string {
  return comparison.scenarios.length > 1 ? `${scenario}: ` : '';
}
