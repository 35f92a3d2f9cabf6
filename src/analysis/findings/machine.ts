import type { ClockRecord } from '../../contract/program.js';
import { parallel } from '../group.js';
import { mean, median, seriesOf } from '../round-logs.js';
import { accounts, type Entry } from '../table.js';
import { workersAt } from '../workers.js';
import { concerningEntries } from './completeness.js';
import { concerning, type Doubt } from './finding.js';

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

/** From here on a time is of this machine's memory as much as of the strategy. */
const muchMemory = 0.1;

/**
 * First touch of new pages depends on the host, on what it did before, and on nothing that a processor's name says. It is
 * taken from the pages of a call and from what a page cost just before the run that a collection had given back, as it
 * gives back those of a steady series.
 */
export const newMemory: Doubt = ({ table, accounts: analysed }) => {
  const { memory } = table.header.host;
  if (memory === undefined) return [];
  const cells = analysed
    .filter(({ account }) => account === 'warm')
    .flatMap(({ points }) => points.flatMap(({ cells }) => cells))
    .flatMap(({ cell, strategy, point, state, details: { newPages, gcNs = 0 } }) => {
      if (state.kind !== 'measured' || newPages === undefined) return [];
      // An estimate: what it makes of a call is no more than the call.
      const shareOf = (ns: number) => Math.min(1, ns / state.time.value);
      const touchShare = shareOf(newPages * memory.againNs);
      return [{ cell, strategy, point, touchShare, gcShare: shareOf(gcNs) }];
    });
  const heavy = cells.filter(({ touchShare }) => touchShare >= muchMemory);
  const [worst] = heavy.toSorted((a, b) => b.touchShare - a.touchShare);
  if (worst === undefined) return [];
  const { cell: _, ...facts } = worst;
  return [{ id: 'new-memory', severity: 'note', ...concerning(heavy), facts }];
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

/** Calibration and run agree to this share on a machine that is as it was. */
const within = 0.05;

/** Below this much work per list, what is around it counts. */
const leastNsPerList = 20_000;

/**
 * The axis "µs of work per list" is as true as the calibration: it is held against what the reference, which does
 * nothing else with data in place, took for the very same lists.
 */
export const workOffAxis: Doubt = ({ table }) => {
  const axis = table.header.calibration?.axis;
  if (axis === undefined) return [];
  const found = table.all('resident').flatMap((entry) => {
    const value = entry.cell.point[axis.option] ?? table.header.scenario.kernel.options[axis.option];
    const factor = entry.strategy.family === 'serial' ? factorOf(entry, Number(value) * axis.ns) : undefined;
    return factor === undefined ? [] : [{ entry, factor }];
  });
  if (found.length === 0) return [];
  const factor = median(found.map((each) => each.factor));
  if (factor <= 1 + within && factor >= 1 / (1 + within)) return [];
  return [
    {
      id: 'work-off-axis',
      severity: 'warning',
      ...concerningEntries(found.map(({ entry }) => entry)),
      facts: { option: axis.option, factor },
    },
  ];
};

/** The fastest round: whatever else ran can make it slower only. Undefined where there is too little work to tell. */
function factorOf({ cell, state, logs }: Entry, work: number): number | undefined {
  const lists = Number(cell.point.keys);
  if (state.kind !== 'measured' || !(work >= leastNsPerList) || !(lists >= 1)) return undefined;
  const fastest = Math.exp(Math.min(...[...logs].filter((log) => !Number.isNaN(log))));
  return fastest / (work * lists);
}

/** Single messages are late by chance (another process had the core); a program that hides work is late as a rule. */
const ruleShare = 0.5;

/** What `apart` counts in the results: from here on a program's own time lies too far below the time around its message. */
const apartLimits = { apartShare: 0.05, apartNs: 200_000 };

/** A program says itself how long it took; the driver's clock around the message says how much that can be wrong. */
export const programClocks: Doubt = ({ table }) => {
  const cells = table.all('one-shot').flatMap((entry) => {
    const clocks = entry.rounds.flatMap(({ outcome }) => outcome.clocks ?? []);
    const share = sum(clocks, 'apart') / sum(clocks, 'messages');
    return share > 0 ? [{ entry, clocks, share }] : [];
  });
  if (cells.length === 0) return [];
  const many = cells.filter(({ share }) => share > ruleShare);
  const worst = Math.max(...cells.map(({ share }) => share));
  return [
    {
      id: 'program-clocks-apart',
      severity: many.length > 0 ? 'warning' : 'note',
      ...concerningEntries(cells.map(({ entry }) => entry)),
      facts: {
        ...apartLimits,
        worst,
        ...widestOf(cells.flatMap(({ clocks }) => clocks)),
      },
    },
  ];
};

function widestOf(clocks: readonly ClockRecord[]): Pick<ClockRecord, 'widest'> {
  const gapNs = ({ widest }: ClockRecord) => (widest === undefined ? 0 : widest.outsideNs - widest.insideNs);
  const [first] = [...clocks].sort((a, b) => gapNs(b) - gapNs(a));
  return first?.widest === undefined ? {} : { widest: first.widest };
}

function sum(clocks: readonly ClockRecord[], which: 'messages' | 'apart'): number {
  return clocks.reduce((total, each) => total + each[which], 0);
}
