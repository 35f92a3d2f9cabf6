import type { Finding } from '../types.js';
import { bracketTooWide, speedUpAboveWorkers, wideIntervals } from './answers.js';
import { cellsFailed, interrupted, nothingMeasured } from './completeness.js';
import type { Doubt, Evidence } from './finding.js';
import { garbageCollection, memoryAboveEstimate, moreWorkersThanCores, timerTooCoarse } from './machine.js';
import { fewRounds, quickRun } from './rounds.js';
import { driftOverRounds, firstRoundSlower } from './trend.js';

const doubts: readonly Doubt[] = [
  nothingMeasured,
  interrupted,
  cellsFailed,
  quickRun,
  fewRounds,
  firstRoundSlower,
  driftOverRounds,
  timerTooCoarse,
  garbageCollection,
  memoryAboveEstimate,
  moreWorkersThanCores,
  wideIntervals,
  speedUpAboveWorkers,
  bracketTooWide,
];

const weight = { blocker: 0, warning: 1, note: 2 };

/** Every doubt about the run, the gravest first. */
export function findingsOf(evidence: Evidence): Finding[] {
  return doubts.flatMap((doubt) => doubt(evidence)).sort((a, b) => weight[a.severity] - weight[b.severity]);
}
