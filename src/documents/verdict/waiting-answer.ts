import type { Analysis, CellAnalysis } from '../../analysis/types.js';
import { type Text, text } from '../../document/document.js';
import { figure } from '../../document/figure.js';
import { fastestOf, headlinePoint, labelsWhere, measuredCells, parallelLabels, timeNs } from '../lookup.js';
import { here, placeText } from '../run-words.js';

/** The answer where items wait and do not compute: all waits can run at once on one thread. */
export function waitingAnswer(analysis: Analysis): Text {
  const point = headlinePoint(analysis, 'warm');
  const concurrent = labelsWhere(analysis, ({ family }) => family === 'concurrent');
  const cell = measuredCells(point).find(({ strategy }) => concurrent.includes(strategy));
  const ratio = cell?.ratioToForLoop;
  if (cell === undefined || ratio === undefined) {
    return text`${here(analysis)} the items wait and do not compute, but the run has no figure for waiting for all of them at once (a concurrent strategy).`;
  }
  const gain = text`${figure(cell, 'ratioToForLoop', 'ratio')} the for-loop, which waits for one after another, at ${placeText(cell)}`;
  if (ratio.interval === undefined || ratio.interval.low <= 1) {
    return text`${here(analysis)} this run cannot decide whether waiting for all items at once pays: ${cell.strategy} is ${gain}.`;
  }
  return text`${here(analysis)} start all waits at once on one thread, with ${cell.strategy}: ${gain}. ${processorText(cell)}${workersText(analysis, cell.strategy)}`;
}

function processorText(cell: CellAnalysis): Text {
  const { details, state } = cell;
  const { cpuNs } = details;
  // Said only where it was measured to be so: with many items the timers themselves take time.
  const idle = cpuNs === undefined || cpuNs < timeNs(cell) / 5;
  const spent =
    cpuNs === undefined || state.kind !== 'measured'
      ? undefined
      : text` (${figure(details, 'cpuNs', 'ns', { digits: 2 })} of processor time in a run of ${figure(state.time, 'value', 'ns', { digits: 2 })})`;
  return idle
    ? text`Waiting takes no processor${spent}, so that one thread can wait for all of them`
    : text`One thread can wait for all of them${spent}`;
}

/** Whether workers add something, said only of what was measured. */
function workersText(analysis: Analysis, concurrent: string): Text {
  const point = headlinePoint(analysis, 'warm');
  const best = fastestOf(point, parallelLabels(analysis));
  if (best?.speedUp?.interval === undefined) return ['.'];
  const { interval } = best.speedUp;
  const { margin } = analysis.header;
  const over = text`speed-up ${figure(best, 'speedUp', 'ratio')} over ${point?.bestSingleThread ?? concurrent}`;
  if (interval.low >= 1 - margin && interval.high <= 1 + margin) {
    return text`; workers add nothing but their start (${best.strategy}: ${over}).`;
  }
  if (interval.high < 1) return text`; workers only add cost (${best.strategy}: ${over}).`;
  if (interval.low > 1) return text`; here ${best.strategy} is faster still (${over}).`;
  return text`; whether ${best.strategy} adds anything is undecided (${over}).`;
}
