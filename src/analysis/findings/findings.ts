import type { Finding } from '../types.js';
import { bracketTooWide, speedUpAboveWorkers, wideIntervals } from './answers.js';
import { cellsFailed, interrupted, nothingMeasured } from './completeness.js';
import type { Doubt, Evidence } from './finding.js';
import { cacheWarm, dataInCache } from './fresh-data.js';
import {
  garbageCollection,
  memoryAboveEstimate,
  moreWorkersThanCores,
  newMemory,
  programClocks,
  timerTooCoarse,
  workOffAxis,
} from './machine.js';
import {
  busyMachine,
  memoryNearLimit,
  quotaBelowCores,
  stolenTime,
  throttledClock,
} from './machine-state.js';
import { driftOverRounds, fewRounds, firstRoundSlower, olderSeries, quickRun } from './rounds.js';
import { notSettled, twoModesOfRounds, typicalCallDiffers } from './series.js';

const doubts: readonly Doubt[] = [
  nothingMeasured,
  interrupted,
  busyMachine,
  stolenTime,
  throttledClock,
  cellsFailed,
  workOffAxis,
  olderSeries,
  cacheWarm,
  dataInCache,
  quickRun,
  fewRounds,
  firstRoundSlower,
  driftOverRounds,
  twoModesOfRounds,
  notSettled,
  timerTooCoarse,
  programClocks,
  garbageCollection,
  newMemory,
  memoryAboveEstimate,
  memoryNearLimit,
  quotaBelowCores,
  moreWorkersThanCores,
  wideIntervals,
];

/** About winners and crossovers: nothing to strategies that are no rivals. */
const doubtsOfRivals: readonly Doubt[] = [speedUpAboveWorkers, bracketTooWide, typicalCallDiffers];

const weight = { blocker: 0, warning: 1, note: 2 };

/** Every doubt about the run, the gravest first. */
export function findingsOf(evidence: Evidence): Finding[] {
  const { prices } = evidence.table.header.scenario;
  const asked = prices?.alone ? doubts : [...doubts, ...doubtsOfRivals];
  return asked.flatMap((doubt) => doubt(evidence)).sort((a, b) => weight[a.severity] - weight[b.severity]);
}
