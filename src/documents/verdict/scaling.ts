import type { Estimate } from '../../analysis/types.js';
import {
  type Block,
  code,
  type Hole,
  list,
  paragraph,
  quote,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { figure, figureIf } from '../../document/figure.js';
import { counted, joinedBy, pointText } from '../../document/words.js';
import type { Answer, Unknown } from '../../model/scaling/answer.js';
import type { Cost } from '../../model/scaling/cost.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { tool } from '../tool.js';

/** How far workers can go: what experts ask of a pool, each figure with its interval or the reason why there is none. */
export function scalingSection(scaling: readonly Scaling[]): Section | undefined {
  if (scaling.length === 0) return undefined;
  const [{ against, workNow, point }] = scaling;
  return {
    id: 'scaling',
    title: ['How far workers can go'],
    blocks: [
      paragraph(
        'Warm, at the largest point of each pool, against the best single thread there. COST is how many workers it takes to ' +
          'beat it (McSherry). Break-even work is how much computing on one thread, per number and per list, would make the pool ' +
          'as fast: with less it loses (where the work was swept, told from the amount nearest to a tie). The ceiling is the speed-up that no number of workers can pass, because the main thread ' +
          'itself does the rest.',
      ),
      table<Scaling>(
        [
          { head: 'pool', of: ({ strategy }) => strategy },
          { head: 'workers', align: 'right', of: (one) => figureIf(one, 'workers', 'count') },
          { head: 'COST', align: 'right', of: ({ cost }) => costText(cost) },
          {
            head: 'break-even work per number',
            align: 'right',
            of: ({ workNeeded }) => timeText(workNeeded.perElementNs),
          },
          { head: 'per list', align: 'right', of: ({ workNeeded }) => timeText(workNeeded.perListNs) },
          { head: 'ceiling', align: 'right', of: ceilingText },
        ],
        scaling,
      ),
      paragraph(
        text`The work here (${pointText(point)}) is ${figureIf(workNow, 'perElementNs', 'ns') ?? '–'} per number and ${figureIf(workNow, 'perListNs', 'ns') ?? '–'} per list (${against}).`,
      ),
      ...reasonBlocks(scaling),
      ...metgBlocks(scaling),
      ...roofBlocks(scaling),
    ],
  };
}

function costText(cost: Cost): Hole {
  switch (cost.kind) {
    case 'workers': {
      const workers = counted(figure(cost, 'workers', 'whole'), 'worker');
      if (cost.low === cost.workers) return workers;
      return cost.low === 1 ? text`at most ${workers}` : text`${figure(cost, 'low', 'count')} to ${workers}`;
    }
    case 'unbounded':
    case 'undecided':
      return text`${cost.kind} up to ${figure(cost, 'upTo', 'count')}`;
    case 'unknown':
      return 'not known';
  }
}

function timeText(answer: Answer): Hole {
  return answer.kind === 'known' ? figure(answer, 'estimate', 'ns') : 'not known';
}

/** A single stretch of the main thread is not all that it does alone. */
function ceilingText({ ceiling: { answer, from } }: Scaling): Hole {
  if (answer.kind === 'unknown') return 'not known';
  return text`${from === 'stall' ? 'at most ' : ''}${figure(answer, 'estimate', 'ratio')}`;
}

/** Why a figure is not known: one line per reason, with the pools it holds for. */
function reasonBlocks(scaling: readonly Scaling[]): Block[] {
  const lines = new Map<string, { reason: Text; pools: Set<string> }>();
  const note = (what: string, { strategy }: Scaling, answer: Answer | Cost) => {
    if (answer.kind !== 'unknown') return;
    const key = JSON.stringify([what, answer.because]);
    const reason = text`${what} not known: ${unknownText(answer.because)}`;
    const line = lines.get(key) ?? { reason, pools: new Set() };
    line.pools.add(strategy);
    lines.set(key, line);
  };
  for (const one of scaling) {
    note('COST', one, one.cost);
    note('Break-even work', one, one.workNeeded.perElementNs);
    note('Ceiling', one, one.ceiling.answer);
    note('Share of the memory bandwidth', one, one.roof);
    note('Share of the computing in place', one, one.compute);
  }
  return list(
    [...lines.values()].map(({ reason, pools }) => text`${reason} (${joinedBy([...pools], ', ')}).`),
  );
}

/** Why a figure is not known, as a part of a sentence. */
function unknownText(because: Unknown): Text {
  const counts = text`fewer than ${figure(tool, 'leastWorkerCounts', 'whole')} counts of workers were measured`;
  const rounds = figure(tool, 'leastRounds', 'whole');
  switch (because.kind) {
    case 'few rounds':
      return text`fewer than ${rounds} rounds give no interval`;
    case 'no single thread':
      return text`no single-thread strategy was measured beside it in ${rounds} rounds`;
    case 'no single thread in place':
      return text`no single thread was measured beside it in place`;
    case 'no resident time':
      return text`it has no resident time`;
    case 'one core':
      return text`there is one core: no amount of work is enough`;
    case 'nothing there':
      return text`there are none`;
    case 'no cost':
      return text`it shares the work here without a cost that could be told from zero`;
    case 'not finite':
      return text`its draws are not finite`;
    case 'nothing unshared':
      return text`what its workers do not share cannot be told from nothing`;
    case 'few counts':
      return counts;
    case 'few counts, never blocked':
      return text`${counts}, and nobody saw the main thread blocked`;
    case 'few counts, takes part':
      return text`${counts}, and the main thread does a worker's part`;
    case 'all too small':
      return text`no task that was measured is large enough`;
    case 'all large enough':
      return text`every task that was measured is large enough`;
    case 'impossible efficiency':
      return text`an efficiency of ${figure(because, 'share', 'part')} cannot be: its share of the work is not what one thread does`;
    case 'nothing smaller':
      return text`the smallest task that is large enough has no smaller one beside it`;
    case 'smaller one cut off':
      return text`the next smaller task was measured in fewer rounds: the run may have been cut off there`;
    case 'threshold not passed':
      return text`it is not sure that the curve passes ${figure(tool, 'metgEfficiency', 'level')} here`;
    case 'no bandwidth':
      return text`memory bandwidth was not measured for this report (report --bandwidth RUN takes it from a run on large data)`;
    case 'fits into caches':
      return text`its data fits into the caches`;
    case 'no share':
      return text`no share could be told`;
  }
}

function metgBlocks(scaling: readonly Scaling[]): Block[] {
  const rows = scaling.flatMap(({ strategy, metg }) => metg.map((one) => ({ strategy, one })));
  if (rows.length === 0) return [];
  return [
    paragraph(
      text`METG(${figure(tool, 'metgEfficiency', 'level')}) is the smallest task, in core time, that still runs at half efficiency against the best single thread (Task Bench). A list is a task.`,
    ),
    table<(typeof rows)[number]>(
      [
        { head: 'pool', of: ({ strategy }) => strategy },
        { head: 'data of a task', align: 'right', of: ({ one }) => figureIf(one, 'payloadBytes', 'bytes') },
        { head: 'workers', align: 'right', of: ({ one }) => figureIf(one, 'workers', 'count') },
        {
          head: 'smallest task that is worth it',
          align: 'right',
          of: ({ one: { answer } }) =>
            answer.kind === 'known' ? figure(answer, 'estimate', 'ns') : unknownText(answer.because),
        },
      ],
      rows,
    ),
  ];
}

function roofBlocks(scaling: readonly Scaling[]): Block[] {
  const items = scaling.flatMap(({ strategy, roof, bandwidth, compute }) => [
    ...(roof.kind === 'unknown' || bandwidth === undefined
      ? []
      : [
          text`${code(strategy)} reaches ${figure(roof, 'estimate', 'share')} of the memory bandwidth measured in run ${code(quote(bandwidth, 'run'))} where its data lies in place: ${memoryWords(roof.estimate)}.`,
        ]),
    ...(compute.kind === 'unknown'
      ? []
      : [
          text`${code(strategy)} does ${figure(compute, 'estimate', 'share')} of what its cores could compute in place, each as fast as the best single thread: ${computeWords(compute.estimate)}.`,
        ]),
  ]);
  return list(items);
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
