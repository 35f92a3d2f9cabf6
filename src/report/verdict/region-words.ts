import type { Crossover, CrossoverAnalysis, Region } from '../../analysis/types.js';
import { axisTitle, formatAmount, formatAxis, formatAxisValue, formatPoint, formatRange } from '../axes.js';
import { listed } from '../plain-text.js';
import { formatCount } from '../units.js';

/** "from about 120 keys [90, 160] on", or up to it where the challenger wins below. */
export function borderWords(axis: string, crossover: Crossover): string {
  const { at, interval, bracketOnly, below } = crossover;
  if (bracketOnly) {
    // The ends are points that were measured: they keep all their digits.
    const between = `somewhere between ${formatAxisValue(interval.low)} and ${formatAxis(axis, interval.high)}`;
    return `${below === 'challenger' ? 'up to' : 'from'} ${between}${below === 'challenger' ? '' : ' on'}`;
  }
  const border = `about ${formatAmount(axis, at)} ${formatRange(interval)}`;
  return below === 'challenger' ? `up to ${border}` : `from ${border} on`;
}

/** "4 to 16 keys": the ends of a region, or its one point. */
export function regionWords(axis: string, { from, to }: Pick<Region, 'from' | 'to'>): string {
  return from === to
    ? `at ${formatAxis(axis, from)}`
    : `from ${formatAxisValue(from)} to ${formatAxis(axis, to)}`;
}

/** What was swept: "numbers per list from 1k to 1M (8 keys)". */
export function sweepWords({ axis, fixed, regions }: CrossoverAnalysis): string {
  const [first, last] = [regions[0], regions[regions.length - 1]];
  const rest = Object.keys(fixed).length === 0 ? '' : ` (${formatPoint(fixed)})`;
  if (first === undefined) return `${axisTitle(axis)}${rest}`;
  return `${axisTitle(axis)} from ${formatCount(first.from)} to ${formatCount(last.to)}${rest}`;
}

/** The strategies that win the regions of one answer. */
export function winnersOf(analysis: CrossoverAnalysis, winner: 'challenger' | 'incumbent'): string {
  const regions = analysis.regions.filter((region) => region.winner === winner);
  const all = regions.flatMap(({ challengers, incumbents }) =>
    winner === 'challenger' ? challengers : incumbents,
  );
  return listed([...new Set(all)], 'or');
}
