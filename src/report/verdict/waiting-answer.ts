import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import {
  fastestOf,
  headlinePoint,
  labelsWhere,
  measuredCells,
  parallelLabels,
  placeOf,
  timeNs,
} from '../headline.js';
import { told } from '../pointers/note.js';
import { formatNs, formatRatioEstimate } from '../units.js';
import { here } from './parallel-answer.js';

/** The answer where items wait and do not compute: all waits can run at once on one thread. */
export function waitingAnswer(analysis: Analysis): string {
  const point = headlinePoint(analysis, 'warm');
  const concurrent = labelsWhere(analysis, ({ family }) => family === 'concurrent');
  const cell = measuredCells(point).find(({ strategy }) => concurrent.includes(strategy));
  const ratio = cell?.ratioToForLoop;
  if (cell === undefined || ratio === undefined) {
    return `${here(analysis)} the items wait and do not compute, but the run has no figure for waiting for all of them at once (async-tasks).`;
  }
  const figure = `${formatRatioEstimate(ratio)} the for-loop, which waits for one after another, at ${placeOf(cell)}`;
  if (ratio.interval === undefined || ratio.interval.low <= 1) {
    return `${here(analysis)} this run cannot decide whether waiting for all items at once pays: ${cell.strategy} is ${figure}.`;
  }
  return `${here(analysis)} start all waits at once on one thread, with ${cell.strategy}: ${figure}. ${cpuWords(cell)}${workersWords(analysis, cell.strategy)}`;
}

function cpuWords(cell: CellAnalysis): string {
  const { details, state } = cell;
  const { cpuNs } = details;
  // Said only where it was measured to be so: with many items the timers themselves take time.
  const idle = cpuNs === undefined || cpuNs < timeNs(cell) / 5;
  const short = (ns: number) => formatNs(ns, 2);
  const figure =
    cpuNs === undefined || state.kind !== 'measured'
      ? ''
      : ` (${told(details, 'cpuNs', short)} of processor time in a run of ${told(state.time, 'value', short)})`;
  return idle
    ? `Waiting takes no processor${figure}, so that one thread can wait for all of them`
    : `One thread can wait for all of them${figure}`;
}

/** Whether workers add something, said only of what was measured. */
function workersWords(analysis: Analysis, concurrent: string): string {
  const point = headlinePoint(analysis, 'warm');
  const best = fastestOf(point, parallelLabels(analysis));
  if (best?.speedUp === undefined) return '.';
  const { interval } = best.speedUp;
  const { margin } = analysis.header;
  const over = `speed-up ${formatRatioEstimate(best.speedUp)} over ${point?.bestSingleThread ?? concurrent}`;
  if (interval === undefined) return '.';
  if (interval.low >= 1 - margin && interval.high <= 1 + margin) {
    return `; workers add nothing but their start (${best.strategy}: ${over}).`;
  }
  if (interval.high < 1) return `; workers only add cost (${best.strategy}: ${over}).`;
  if (interval.low > 1) return `; here ${best.strategy} is faster still (${over}).`;
  return `; whether ${best.strategy} adds anything is undecided (${over}).`;
}
