import type { Estimate } from '../analysis/types.js';
import { formatRatioEstimate } from '../report/units.js';
import type { Compared } from './compared.js';

/**
 * What a sentence says in each outcome of its question. It is given the ratio in words: how many times as fast the one
 * is where it is faster or the same, how many times as long it takes where it is slower.
 */
export interface Outcomes {
  /** Names both sides, for "not decided here: whether …". */
  readonly whether: string;
  readonly faster: (times: string) => string;
  readonly same: (times: string) => string;
  readonly slower: (times: string) => string;
}

/**
 * One sentence, as the run supports it. Undecided is an answer. A program that is not installed gives none: what is
 * left out for it is said once in the section.
 */
export function told(compared: Compared, { whether, faster, same, slower }: Outcomes): string {
  switch (compared.kind) {
    case 'faster':
      return faster(formatRatioEstimate(compared.ratio));
    case 'same':
      return same(formatRatioEstimate(compared.ratio));
    case 'slower':
      return slower(formatRatioEstimate(inverse(compared.ratio)));
    case 'undecided':
      return `Not decided here: whether ${whether} (${formatRatioEstimate(compared.ratio)} as fast${closeCall(compared.ratio)}).`;
    case 'missing':
      return compared.needs ? '' : `Not measured here: whether ${whether} (${compared.because}).`;
  }
}

/** Where the range of the one comparison leaves out 1×, a reader asks why it is not decided. */
function closeCall({ interval }: Estimate): string {
  const isOut = interval !== undefined && (interval.low > 1 || interval.high < 1);
  return isOut ? '; too close a call among as many comparisons as this part makes' : '';
}

/** How many times as long, from how many times as fast. */
export function inverse({ value, interval, rounds }: Estimate): Estimate {
  if (interval === undefined) return { value: 1 / value, rounds };
  return { value: 1 / value, interval: { low: 1 / interval.high, high: 1 / interval.low }, rounds };
}

/** A share of an estimate: the time of one of so many. */
export function per({ value, interval, rounds }: Estimate, count: number): Estimate {
  if (interval === undefined) return { value: value / count, rounds };
  return {
    value: value / count,
    interval: { low: interval.low / count, high: interval.high / count },
    rounds,
  };
}

/** Whether an estimate lies beyond a bound with its whole interval: yes, no, or not decided. */
export function isAbove({ interval }: Estimate, bound: number): boolean | undefined {
  if (interval === undefined) return undefined;
  if (interval.low > bound) return true;
  return interval.high <= bound ? false : undefined;
}
