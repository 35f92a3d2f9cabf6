import type { Estimate } from '../../analysis/types.js';
import type { Answer } from '../../model/scaling/answer.js';
import type { Cost } from '../../model/scaling/cost.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { formatPoint } from '../axes.js';
import { counted, lineOf, oneLine, table } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { bare, noted, told } from '../pointers/note.js';
import {
  formatBytes,
  formatCount,
  formatNs,
  formatPercent,
  formatRatioEstimate,
  formatTime,
} from '../units.js';

/** How far workers can go: what experts ask of a pool, each figure with its interval or the reason why there is none. */
export function scalingSection(scaling: readonly Scaling[]): string[] {
  if (scaling.length === 0) return [];
  const [{ against, workNow, point }] = scaling;
  return [
    [
      '## How far workers can go',
      'Warm, at the largest point of each pool, against the best single thread there. COST is how many workers it takes to ' +
        'beat it (McSherry). Break-even work is how much computing on one thread, per number and per list, would make the pool ' +
        'as fast: with less it loses (where the work was swept, told from the amount nearest to a tie). The ceiling is the speed-up that no number of workers can pass, because the main thread ' +
        'itself does the rest.',
      table(
        ['pool', 'workers', 'COST', 'break-even work per number', 'per list', 'ceiling'],
        scaling.map((one) => [
          one.strategy,
          told(one, 'workers', formatCount),
          costWords(one.cost),
          timeOr(one.workNeeded.perElementNs),
          timeOr(one.workNeeded.perListNs),
          ceilingWords(one),
        ]),
      ),
      `The work here (${formatPoint(point)}) is ${told(workNow, 'perElementNs', formatNs)} per number and ${told(workNow, 'perListNs', formatNs)} per list (${against}).`,
      ...reasons(scaling),
      ...metgPart(scaling),
      ...roofPart(scaling),
    ].join('\n\n'),
  ];
}

function costWords(cost: Cost): string {
  switch (cost.kind) {
    case 'workers': {
      const workers = counted(cost.workers, 'worker', { kind: 'field', from: cost, name: 'workers' });
      if (cost.low === cost.workers) return workers;
      return `${cost.low === 1 ? 'at most' : `${told(cost, 'low', formatCount)} to`} ${workers}`;
    }
    case 'unbounded':
    case 'undecided':
      return `${cost.kind} up to ${told(cost, 'upTo', formatCount)}`;
    case 'unknown':
      return 'not known';
  }
}

function timeOr(answer: Answer): string {
  return answer.kind === 'known' ? formatTime(answer.estimate) : 'not known';
}

/** A single stretch of the main thread is not all that it does alone. */
function ceilingWords({ ceiling: { answer, from } }: Scaling): string {
  if (answer.kind === 'unknown') return 'not known';
  return `${from === 'stall' ? 'at most ' : ''}${formatRatioEstimate(answer.estimate)}`;
}

/** Why a figure is not known: one line per reason, with the pools it holds for. */
function reasons(scaling: readonly Scaling[]): string[] {
  const lines = new Map<string, { text: string; pools: Set<string> }>();
  const note = (what: string, { strategy }: Scaling, answer: Answer | Cost) => {
    if (answer.kind !== 'unknown') return;
    const text = `${what} not known: ${lineOf(answer, 'because')}`;
    const known = lines.get(bare(text)) ?? { text, pools: new Set() };
    known.pools.add(strategy);
    lines.set(bare(text), known);
  };
  for (const one of scaling) {
    note('COST', one, one.cost);
    note('Break-even work', one, one.workNeeded.perElementNs);
    note('Ceiling', one, one.ceiling.answer);
    note('Share of the memory bandwidth', one, one.roof);
    note('Share of the computing in place', one, one.compute);
  }
  if (lines.size === 0) return [];
  return [[...lines.values()].map(({ text, pools }) => `- ${text} (${[...pools].join(', ')}).`).join('\n')];
}

function metgPart(scaling: readonly Scaling[]): string[] {
  const rows = scaling.flatMap(({ strategy, metg }) =>
    metg.map((one) => [
      strategy,
      told(one, 'payloadBytes', formatBytes),
      told(one, 'workers', formatCount),
      one.answer.kind === 'known' ? formatTime(one.answer.estimate) : lineOf(one.answer, 'because'),
    ]),
  );
  if (rows.length === 0) return [];
  return [
    `METG(${constant('efficiency of METG')}) is the smallest task, in core time, that still runs at half efficiency against the best single thread (Task Bench). A list is a task.`,
    table(['pool', 'data of a task', 'workers', 'smallest task that is worth it'], rows),
  ];
}

function roofPart(scaling: readonly Scaling[]): string[] {
  const lines = scaling.flatMap(({ strategy, roof, bandwidth, compute }) => [
    ...(roof.kind === 'unknown' || bandwidth === undefined
      ? []
      : [
          `- \`${strategy}\` reaches ${shareText(roof.estimate)} of the memory bandwidth measured in run \`${oneLine(bandwidth.run)}\` where its data lies in place: ${memoryWords(roof.estimate)}.`,
        ]),
    ...(compute.kind === 'unknown'
      ? []
      : [
          `- \`${strategy}\` does ${shareText(compute.estimate)} of what its cores could compute in place, each as fast as the best single thread: ${computeWords(compute.estimate)}.`,
        ]),
  ]);
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function shareText(share: Estimate): string {
  const { value, interval } = share;
  const range =
    interval === undefined ? '' : ` [${formatPercent(interval.low)}, ${formatPercent(interval.high)}]`;
  return noted(`${formatPercent(value)}${range}`, { kind: 'estimate', from: share });
}

/** Of a roof, from where on it is what limits. */
const nearRoof = 0.7;

/** Whether the share is above, below, or nobody can say. */
function sideOf({ value, interval = { low: value, high: value } }: Estimate): 'above' | 'below' | 'open' {
  if (interval.low >= nearRoof) return 'above';
  return interval.high < nearRoof ? 'below' : 'open';
}

function memoryWords(share: Estimate): string {
  const words = {
    above: 'more cores cannot help much',
    below: 'memory is not what limits it',
    open: 'whether memory limits it is open',
  };
  return words[sideOf(share)];
}

function computeWords(share: Estimate): string {
  const words = {
    above: 'they are busy, and more of them can help until memory ends it',
    below: 'a slower loop, handing out work, or memory holds them back',
    open: 'whether something holds them back is open',
  };
  return words[sideOf(share)];
}
