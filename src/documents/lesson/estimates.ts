import type { Estimate } from '../../analysis/types.js';

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
