import { workersAt } from '../cost.js';
import { parallel } from '../group.js';
import { median, seriesOf } from '../round-logs.js';
import { accounts, type Entry } from '../table.js';
import { type Doubt, percent, plural, some } from './finding.js';

/** Below this many steps of the clock a time is known to no better than 4 %. */
const leastSteps = 25;
const mostGarbage = 0.2;
/** Peak over estimate that still is the estimate. */
const mostPeak = 1.2;

export const timerTooCoarse: Doubt = ({ table }) => {
  const leastNs = leastSteps * table.header.host.clockStepNs;
  const coarse = accounts.flatMap((account) =>
    table.all(account).filter(({ rounds }) =>
      rounds.some(({ outcome }) => {
        if (account === 'one-shot') return outcome.oneShot !== undefined && outcome.oneShot.totalNs < leastNs;
        const series = seriesOf(outcome, account);
        return series !== undefined && median(series.samplesNs) * series.passes < leastNs;
      }),
    ),
  );
  if (coarse.length === 0) return [];
  return [
    {
      id: 'timer-too-coarse',
      severity: 'warning',
      sentence: `${plural(coarse.length, 'series')} of ${strategiesOf(coarse)} lie below ${leastSteps} steps of this machine's clock (${table.header.host.clockStepNs} ns each).`,
      advice: 'Use larger data for these strategies, or read them as "too short to tell".',
    },
  ];
};

export const garbageCollection: Doubt = ({ table }) => {
  const heavy = (['warm', 'resident'] as const).flatMap((account) =>
    table.all(account).flatMap((entry) => {
      const shares = entry.rounds.flatMap(({ outcome }) => {
        const series = seriesOf(outcome, account);
        return series === undefined ? [] : [series.gcNs / median(series.samplesNs)];
      });
      const share = median(shares);
      return share > mostGarbage ? [{ entry, share }] : [];
    }),
  );
  if (heavy.length === 0) return [];
  const worst = Math.max(...heavy.map(({ share }) => share));
  return [
    {
      id: 'garbage-collection',
      severity: 'note',
      sentence: `Garbage collection takes more than ${percent(mostGarbage)} of a call (at most ${percent(worst)}) in ${plural(heavy.length, 'series')} of ${strategiesOf(heavy.map(({ entry }) => entry))}.`,
      advice:
        'The time is real, but it depends on the heap: --node-arg=--max-semi-space-size=64 shows how much.',
    },
  ];
};

export const memoryAboveEstimate: Doubt = ({ table }) => {
  const above = table
    .all('one-shot')
    .filter(({ cell, rounds }) =>
      rounds.some(({ outcome }) => outcome.peakBytes > mostPeak * cell.estimatedBytes),
    );
  if (above.length === 0) return [];
  return [
    {
      id: 'memory-above-estimate',
      severity: 'note',
      sentence: `${plural(above.length, 'cell')} of ${strategiesOf(above)} used more than ${percent(mostPeak)} of the memory that was estimated.`,
      advice:
        'Larger data may not fit although the estimate says so; its footprint should be declared higher.',
    },
  ];
};

export const moreWorkersThanCores: Doubt = ({ table }) => {
  const { usableCores } = table.header.host;
  const most = Math.max(
    0,
    ...table
      .all('one-shot')
      .filter(({ strategy }) => parallel(strategy))
      .map((entry) => workersAt(table, entry)),
  );
  // A quota of 1.9 cores still is a good place for two workers.
  if (most <= Math.ceil(usableCores)) return [];
  return [
    {
      id: 'more-workers-than-cores',
      severity: 'note',
      sentence: `Up to ${most} workers share ${usableCores} usable cores: they take turns.`,
      advice: 'Do not read these points as what as many cores would give.',
    },
  ];
};

function strategiesOf(entries: readonly Entry[]): string {
  return some(entries.map(({ strategy }) => strategy.label));
}
