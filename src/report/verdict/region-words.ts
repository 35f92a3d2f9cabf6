import type { Crossover, CrossoverAnalysis, Region } from '../../analysis/types.js';
import { axisTitle, formatAxis, formatPoint } from '../axes.js';
import { listed } from '../plain-text.js';
import { formatCount, formatInterval } from '../units.js';

/** "from about 120 keys [90, 160] on", or up to it where the challenger wins below. */
export function borderWords(axis: string, crossover: Crossover): string {
  const { at, interval, bracketOnly, below } = crossover;
  if (bracketOnly) {
    const between = `somewhere between ${formatAxis(axis, interval.low)} and ${formatAxis(axis, interval.high)}`;
    return below === 'challenger' ? `up to a border ${between}` : `from a border ${between} on`;
  }
  const border = `about ${formatAxis(axis, rounded(at))} ${formatInterval(interval)}`;
  return below === 'challenger' ? `up to ${border}` : `from ${border} on`;
}

/** "4 to 16 keys": the ends of a region, or its one point. */
export function regionWords(axis: string, { from, to }: Pick<Region, 'from' | 'to'>): string {
  return from === to
    ? `at ${formatAxis(axis, from)}`
    : `from ${formatAxis(axis, from)} to ${formatAxis(axis, to)}`;
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

function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
