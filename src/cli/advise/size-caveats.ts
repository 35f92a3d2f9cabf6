import type { Profile } from '../../choose/choose.js';
import { dictionaryBytes } from '../../dictionary/memory.js';
import { limitsOf } from '../../model/projection/limits.js';
import { formatBytes, formatCount, formatPercent } from '../../report/units.js';
import type { AdviseRequest } from './arguments.js';

/** Beyond the bytes of the dictionaries, what the collector and everything else in a program want. */
const heapReserve = 1.5;

/** A longest list that is so many times the mean decides when a pool is done. */
const skewed = 10;

/** Sentences on the size itself, whatever the strategy: what V8 must be told, and what lists of unequal length mean. */
export function sizeCaveats(
  request: AdviseRequest,
  { from, host }: Pick<Profile, 'from' | 'host'>,
): string[] {
  return [...heapCaveat(request, from, host.memoryBytes), ...skewCaveat(request)];
}

function heapCaveat({ keys, length }: AdviseRequest, from: Profile['from'], memoryBytes: number): string[] {
  const bytes = dictionaryBytes({ keys, elements: keys * length }, from);
  return limitsOf({ keys, length, from, bytes, memoryBytes }).flatMap((limit) =>
    limit.kind === 'heap'
      ? [
          `the lists and their answers take about ${formatBytes(limit.bytes)} of V8's heap, which ends at about 4 GiB: ` +
            `start Node with --max-old-space-size=${Math.ceil((heapReserve * limit.bytes) / 2 ** 30) * 1_024}`,
        ]
      : [],
  );
}

function skewCaveat({ keys, length, longest = 0 }: AdviseRequest): string[] {
  if (longest <= skewed * length) return [];
  return [
    `the longest list has ${formatCount(longest)} numbers, ${formatCount(Math.round(longest / length))} times the mean, and times here are of equal lists: ` +
      `a pool is done no sooner than the worker that has it, with ${formatPercent(longest / (keys * length))} of all numbers`,
  ];
}
