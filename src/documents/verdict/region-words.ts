import type { Crossover, CrossoverAnalysis, Region } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import { type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { amountText, pointText } from '../../document/words.js';

/* Borders and regions along an axis. */

/** "from about 120 keys [90, 160] on", or up to it where the challenger wins below. */
export function borderText(axis: string, crossover: Crossover): Text {
  const { interval, bracketOnly, below } = crossover;
  if (bracketOnly) {
    // The ends are points that were measured: they keep all their digits.
    const between = text`somewhere between ${figure(interval, 'low', { axis })} and ${amountText(axis, figure(interval, 'high', { axis }))}`;
    return below === 'challenger' ? text`up to ${between}` : text`from ${between} on`;
  }
  const rounded = (end: 'low' | 'high') => figure(interval, end, { axis }, { digits: 2 });
  const at = amountText(axis, figure(crossover, 'at', { axis }, { digits: 2 }));
  const border = text`about ${at} [${rounded('low')}, ${rounded('high')}]`;
  return below === 'challenger' ? text`up to ${border}` : text`from ${border} on`;
}

/** "4 to 16 keys": the ends of a region, or its one point. */
export function regionText(axis: string, region: Pick<Region, 'from' | 'to'>): Text {
  const first = figure(region, 'from', { axis });
  return region.from === region.to
    ? text`at ${amountText(axis, first)}`
    : text`from ${first} to ${amountText(axis, figure(region, 'to', { axis }))}`;
}

/** What was swept: "numbers per list from 1k to 1M". */
export function sweepText({ axis, regions }: CrossoverAnalysis): Text {
  const [first, last] = [regions[0], regions[regions.length - 1]];
  if (first === undefined) return [axisTitle(axis)];
  return text`${axisTitle(axis)} from ${figure(first, 'from', { axis })} to ${figure(last, 'to', { axis })}`;
}

/** " (with 8 keys)": what a line holds still. */
export function heldText({ fixed }: Pick<CrossoverAnalysis, 'fixed'>): Text | undefined {
  return Object.keys(fixed).length === 0 ? undefined : text` (with ${pointText(fixed)})`;
}

/** The strategies that win the regions of one answer, by label. */
export function winnersOf(analysis: CrossoverAnalysis, winner: 'challenger' | 'incumbent'): string[] {
  const regions = analysis.regions.filter((region) => region.winner === winner);
  const all = regions.flatMap(({ challengers, incumbents }) =>
    winner === 'challenger' ? challengers : incumbents,
  );
  return [...new Set(all)];
}
