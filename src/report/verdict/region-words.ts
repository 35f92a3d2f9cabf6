import type { Crossover, CrossoverAnalysis, Region } from '../../analysis/types.js';
import { axisTitle, formatAmount, formatAxisValue, formatPoint, formatRange, twoDigits } from '../axes.js';
import { listed } from '../plain-text.js';
import type { Origin } from '../pointers/note.js';

/** "from about 120 keys [90, 160] on", or up to it where the challenger wins below. */
export function borderWords(axis: string, crossover: Crossover): string {
  const { at, interval, bracketOnly, below } = crossover;
  if (bracketOnly) {
    // The ends are points that were measured: they keep all their digits.
    const [low, high] = [borderAt(interval, 'low'), borderAt(interval, 'high')];
    const between = `somewhere between ${formatAxisValue(axis, interval.low, low)} and ${formatAmount(axis, interval.high, high)}`;
    return `${below === 'challenger' ? 'up to' : 'from'} ${between}${below === 'challenger' ? '' : ' on'}`;
  }
  const range = { low: twoDigits(interval.low), high: twoDigits(interval.high) };
  const border = `about ${formatAmount(axis, twoDigits(at), borderAt(crossover, 'at', true))} ${formatRange(axis, range, (end) => borderAt(interval, end, true))}`;
  return below === 'challenger' ? `up to ${border}` : `from ${border} on`;
}

/** "4 to 16 keys": the ends of a region, or its one point. */
export function regionWords(axis: string, region: Pick<Region, 'from' | 'to'>): string {
  const { from, to } = region;
  const [first, last] = [borderAt(region, 'from'), borderAt(region, 'to')];
  return from === to
    ? `at ${formatAmount(axis, from, first)}`
    : `from ${formatAxisValue(axis, from, first)} to ${formatAmount(axis, to, last)}`;
}

/** What was swept: "numbers per list from 1k to 1M". */
export function sweepWords({ axis, regions }: CrossoverAnalysis): string {
  const [first, last] = [regions[0], regions[regions.length - 1]];
  if (first === undefined) return axisTitle(axis);
  return `${axisTitle(axis)} from ${formatAxisValue(axis, first.from, borderAt(first, 'from'))} to ${formatAxisValue(axis, last.to, borderAt(last, 'to'))}`;
}

function borderAt<T extends object>(from: T, name: keyof T & string, rounded = false): Origin {
  return { kind: 'border', from, name, rounded };
}

/** " (with 8 keys)": what a line holds still. */
export function heldAt({ fixed }: Pick<CrossoverAnalysis, 'fixed'>): string {
  return Object.keys(fixed).length === 0 ? '' : ` (with ${formatPoint(fixed)})`;
}

/** Where the challengers win on lines that disagree: the first two places, and whether there are more. */
export function payingWords(along: readonly CrossoverAnalysis[]): string {
  const paying = along.flatMap((line) =>
    line.crossovers.length === 1
      ? [`${borderWords(line.axis, line.crossovers[0])}${heldAt(line)}`]
      : line.regions
          .filter(({ winner }) => winner === 'challenger')
          .map((region) => `${regionWords(line.axis, region)}${heldAt(line)}`),
  );
  if (paying.length === 0) return 'at some points, see the tables';
  return `${listed(paying.slice(0, 2))}${paying.length > 2 ? '; for the rest see the tables' : ''}`;
}

/** The strategies that win the regions of one answer. */
export function winnersOf(analysis: CrossoverAnalysis, winner: 'challenger' | 'incumbent'): string {
  const regions = analysis.regions.filter((region) => region.winner === winner);
  const all = regions.flatMap(({ challengers, incumbents }) =>
    winner === 'challenger' ? challengers : incumbents,
  );
  return listed([...new Set(all)], 'or');
}
