import type { Analysis } from '../../analysis/types.js';
import { formatPoint } from '../axes.js';
import { cellAt, headlinePoint, labelsWhere, measuredCells } from '../headline.js';
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
  const figure = `${formatRatioEstimate(ratio)} the for-loop, which waits for one after another, at ${formatPoint(cell.point)}`;
  if (ratio.interval === undefined || ratio.interval.low <= 1) {
    return `${here(analysis)} this run cannot decide whether waiting for all items at once pays: ${cell.strategy} is ${figure}.`;
  }
  return `${here(analysis)} start all waits at once on one thread, with ${cell.strategy}: ${figure}. ${cpuWords(cell.details.cpuNs)}${workersWords(analysis, cell.strategy)}`;
}

function cpuWords(cpuNs: number | undefined): string {
  const figure = cpuNs === undefined ? '' : ` (${formatNs(cpuNs)} of CPU time per run)`;
  return `Waiting takes no processor${figure}, so that one thread can do all of it`;
}

/** Whether workers add something, said only of what was measured. */
function workersWords(analysis: Analysis, concurrent: string): string {
  const point = headlinePoint(analysis, 'warm');
  const workers = labelsWhere(analysis, ({ family }) => family === 'threads' || family === 'processes');
  const best = measuredCells(point).find(({ strategy }) => workers.includes(strategy));
  if (best?.speedUp === undefined) return '.';
  const { interval } = best.speedUp;
  const over = `speed-up ${formatRatioEstimate(best.speedUp)} over ${point?.bestSingleThread ?? concurrent}`;
  if (interval !== undefined && interval.high < 1)
    return `; workers only add cost (${best.strategy}: ${over}).`;
  if (interval !== undefined && interval.low > 1) return `; here ${best.strategy} is faster still (${over}).`;
  const tie = cellAt(point, best.strategy)?.speedUp === undefined ? '' : ` (${over})`;
  return `; whether ${best.strategy} adds anything is undecided${tie}.`;
}
