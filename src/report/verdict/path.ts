import { explained, type PathDetails } from '../../analysis/path/details.js';
import { type Ladder, ladderOf, type Traced, tracedOf } from '../../analysis/path/ladder.js';
import type { Analysis } from '../../analysis/types.js';
import type { PathPart } from '../../contract/trace.js';
import { pathParts } from '../../path/parts.js';
import type { ReportChart } from '../charts/charts.js';
import { accountOf, placeOf, strategyOf } from '../headline.js';
import { table } from '../plain-text.js';
import { tracedPools } from '../traced-pools.js';
import { formatNs, formatRatio } from '../units.js';
import { embedded } from './embedded.js';

/** What of a call the parts must explain. */
const enough = 0.95;

/** Overheads below this share of a call are not worth removing first. */
const worthRemoving = 0.1;

const heads: Readonly<Record<PathPart, string>> = {
  start: 'start, once',
  pack: 'pack',
  serialise: 'serialise',
  transfer: 'transfer, queue',
  compute: 'compute',
  deserialise: 'deserialise',
  merge: 'merge',
  gc: 'GC',
  idle: 'idle',
  unexplained: 'unexplained',
};

/** What is told of removing a part. */
const gerunds: Readonly<Record<PathPart, string>> = {
  start: 'starting',
  pack: 'packing',
  serialise: 'serialising',
  transfer: 'in transfer and queues',
  compute: 'computing',
  deserialise: 'deserialising',
  merge: 'merging answers',
  gc: 'collecting garbage',
  idle: 'idle',
  unexplained: 'unexplained',
};

/** Where the time of a call to workers went at the largest point, and which overhead to remove first. */
export function pathSection(analysis: Analysis, charts: readonly ReportChart[]): string[] {
  const traced = tracedPools(analysis);
  if (traced.length === 0) return [];
  const rows = traced.map(({ cell, path }) => [
    cell.strategy,
    formatNs(path.callNs),
    path.startNs === undefined ? '–' : formatNs(path.startNs),
    ...pathParts.slice(1).map((part) => shareOf(path, part)),
  ]);
  const head = ['strategy', 'traced call', ...pathParts.map((part) => heads[part])];
  const advice = adviceOf(analysis, traced);
  return [
    '### Where the time of a call to workers went',
    `From call to answer along the critical path, overlap counted once: a call after the timed ones, warm, at ${placeOf(traced[0].cell)}.${estimatedWords(traced)} ${explainedWords(analysis)}`,
    table(head, rows),
    ...(advice.length === 0 ? [] : [advice.map((sentence) => `- ${sentence}`).join('\n')]),
    ...embedded(charts.filter(({ kind }) => kind === 'path')),
  ];
}

function shareOf({ partsNs, callNs, estimated }: PathDetails, part: PathPart): string {
  const share = partsNs[part] / callNs;
  if (share < 0.0005) return '–';
  const text = share < 0.01 ? (share * 100).toFixed(1) : String(Math.round(share * 100));
  return `${estimated.includes(part) ? '≈ ' : ''}${text} %`;
}

function estimatedWords(traced: readonly Traced[]): string {
  if (!traced.some(({ path }) => path.estimated.length > 0)) return '';
  return ' "≈" is estimated: a process reads its pipe while the other side still writes, and that is counted as deserialising.';
}

/** Over all points, since a table at one says nothing about the others. */
function explainedWords(analysis: Analysis): string {
  const cells = accountOf(analysis, 'warm')?.points.flatMap((point) => tracedOf(point.cells)) ?? [];
  const well = cells.filter(({ path }) => explained(path) >= enough).length;
  return `The parts explain at least ${enough * 100} % of the call in ${well} of ${cells.length} cells of this run.`;
}

/** One sentence per family: from its slowest strategy on. */
function adviceOf(analysis: Analysis, traced: readonly Traced[]): string[] {
  return (['threads', 'processes'] as const).flatMap((family) => {
    const own = traced.filter(({ cell }) => strategyOf(analysis, cell.strategy)?.family === family);
    const ladder = ladderOf(own, analysis.header.margin);
    return ladder === undefined ? [] : [adviceSentence(ladder)];
  });
}

function adviceSentence({ overhead, steps }: Ladder): string {
  const [{ cell, path }] = steps;
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  if (overhead.share < worthRemoving) {
    const work = (path.partsNs.compute + path.partsNs.idle) / path.callNs;
    return `\`${cell.strategy}\`: ${percent(work)} of a call is the work itself; no overhead is worth removing.`;
  }
  const first = `\`${cell.strategy}\` spends ${percent(overhead.share)} of a call ${gerunds[overhead.part]}: remove that first.`;
  if (steps.length === 1) return `${first} No faster strategy of its family in this run does.`;
  const names = steps.map((step) => step.cell.strategy).join(' → ');
  const speedUps = steps.map((step) => step.cell.speedUp);
  if (speedUps.some((each) => each === undefined))
    return `${first} What that bought: ${names}: ${steps.map(({ timeNs }) => formatNs(timeNs)).join(' → ')}.`;
  const ratios = speedUps
    .flatMap((each) => (each === undefined ? [] : [formatRatio(each.value)]))
    .join(' → ');
  return `${first} What that bought, as speed-up: ${names}: ${ratios}.`;
}
