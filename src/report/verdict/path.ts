import { explained, type PathDetails, wellExplained } from '../../analysis/path/details.js';
import { type Ladder, ladderOf, type Traced, tracedOf } from '../../analysis/path/ladder.js';
import type { Analysis } from '../../analysis/types.js';
import type { PathPart } from '../../contract/trace.js';
import { pathParts } from '../../path/parts.js';
import type { ReportChart } from '../charts/charts.js';
import { accountOf, placeOf, strategyOf } from '../headline.js';
import { table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { noted, type Origin, told } from '../pointers/note.js';
import { tracedPools } from '../traced-pools.js';
import { formatNs, formatRatioEstimate, formatTime } from '../units.js';
import { embedded } from './embedded.js';

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
    told(path, 'callNs', formatNs),
    told(path, 'startNs', formatNs),
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

function shareOf(path: PathDetails, part: PathPart): string {
  const share = path.partsNs[part] / path.callNs;
  if (share < 0.0005) return '–';
  const text = share < 0.01 ? (share * 100).toFixed(1) : String(Math.round(share * 100));
  return `${path.estimated.includes(part) ? '≈ ' : ''}${noted(`${text} %`, partsOf(path, [part]))}`;
}

function partsOf(path: PathDetails, parts: readonly PathPart[]): Origin {
  const above = parts.map((name) => ({ from: path.partsNs, name }));
  return { kind: 'quotient', from: [...above, { from: path, name: 'callNs' }] };
}

function estimatedWords(traced: readonly Traced[]): string {
  if (!traced.some(({ path }) => path.estimated.length > 0)) return '';
  return ' "≈" is estimated: a process reads its pipe while the other side still writes, and that is counted as deserialising.';
}

/** Over all points, since a table at one says nothing about the others. */
function explainedWords(analysis: Analysis): string {
  const cells = accountOf(analysis, 'warm')?.points.flatMap((point) => tracedOf(point.cells)) ?? [];
  const well = cells.filter(({ path }) => explained(path) >= wellExplained);
  const share = `at least ${constant('share of a call that is well explained')} of the call`;
  if (well.length === 0) return `In no cell of this run do the parts explain ${share}.`;
  return `The parts explain ${share} in ${countOf(well)} of ${countOf(cells)} cells of this run.`;
}

function countOf(cells: readonly Traced[]): string {
  return noted(`${cells.length}`, { kind: 'these', from: cells.map(({ path }) => path) });
}

/** One sentence per family: from its slowest strategy on. */
function adviceOf(analysis: Analysis, traced: readonly Traced[]): string[] {
  return (['threads', 'processes'] as const).flatMap((family) => {
    const own = traced.filter(({ cell }) => strategyOf(analysis, cell.strategy)?.family === family);
    const ladder = ladderOf(own, analysis.header.margin);
    return ladder === undefined ? [] : [adviceSentence(ladder, own.length)];
  });
}

/** `family`: how many strategies of it were traced. */
function adviceSentence({ overhead, steps }: Ladder, family: number): string {
  const [slowest, ...others] = steps;
  const { cell, path } = slowest;
  const percent = (...parts: PathPart[]) => {
    const share = parts.reduce((sum, part) => sum + path.partsNs[part], 0) / path.callNs;
    return noted(`${Math.round(share * 100)} %`, partsOf(path, parts));
  };
  if (overhead.share < worthRemoving) {
    const work = percent('compute', 'idle');
    return `\`${cell.strategy}\`: ${work} of a call is the work itself; no overhead is worth removing.`;
  }
  const first = `\`${cell.strategy}\` spends ${percent(overhead.part)} of a call ${gerunds[overhead.part]}: remove that first.`;
  if (others.length > 0) {
    const without = others.map(
      (step) => `\`${step.cell.strategy}\` does without half of it or more and has ${speedWords(step)}`,
    );
    return `${first} It has ${speedWords(slowest)}; ${without.join('; ')}.`;
  }
  return family === 1
    ? first
    : `${first} No strategy of its family that is surely faster in this run does without it.`;
}

function speedWords({ cell, time }: Traced): string {
  return cell.speedUp === undefined
    ? `a time of ${formatTime(time)}`
    : `a speed-up of ${formatRatioEstimate(cell.speedUp)}`;
}
