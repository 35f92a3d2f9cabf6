import { parallel } from '../group.js';
import { mean, median, seriesOf } from '../round-logs.js';
import { accounts } from '../table.js';
import { workersAt } from '../workers.js';
import { concerningEntries } from './completeness.js';
import type { Doubt } from './finding.js';

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
      ...concerningEntries(coarse),
      facts: { series: coarse.length, steps: leastSteps },
    },
  ];
};

export const garbageCollection: Doubt = ({ table }) => {
  const heavy = (['warm', 'resident'] as const).flatMap((account) =>
    table.all(account).flatMap((entry) => {
      const shares = entry.rounds.flatMap(({ outcome }) => {
        const series = seriesOf(outcome, account);
        return series === undefined ? [] : [series.gcNs / mean(series.samplesNs)];
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
      ...concerningEntries(heavy.map(({ entry }) => entry)),
      facts: { series: heavy.length, above: mostGarbage, worst },
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
      ...concerningEntries(above),
      facts: { above: mostPeak },
    },
  ];
};

export const moreWorkersThanCores: Doubt = ({ table }) => {
  const pools = table.all('one-shot').filter(({ strategy }) => parallel(strategy));
  // A quota of 1.9 cores still is a good place for two workers.
  const places = Math.ceil(table.header.host.usableCores);
  const crowded = pools.filter((entry) => workersAt(table, entry) > places);
  if (crowded.length === 0) return [];
  const workers = Math.max(...crowded.map((entry) => workersAt(table, entry)));
  return [
    {
      id: 'more-workers-than-cores',
      severity: 'note',
      ...concerningEntries(crowded),
      facts: { workers },
    },
  ];
};
