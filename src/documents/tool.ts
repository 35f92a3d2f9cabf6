import { fullRounds, leastRounds, level } from '../analysis/estimate.js';
import { wellExplained } from '../analysis/path.js';
import { leastWorkerCounts } from '../model/candidates.js';
import { threshold } from '../model/scaling/metg.js';
import { readSelfCheck } from './self-check.js';

/** Numbers of the tool's own that documents print, and what it saw of itself: a part of the data of every document. */
export const tool = {
  levelOfIntervals: level,
  leastRounds,
  fullRounds,
  /** Share of a call from which on its parts explain it well. */
  wellExplained,
  /** Efficiency at which METG is told. */
  metgEfficiency: threshold,
  /** Counts of workers that a formula of what they share needs. */
  leastWorkerCounts,
  /** Absent where no self-check ships. */
  selfCheck: readSelfCheck(),
};
