import type {
  Border,
  Contender,
  Decision,
  Group,
  PointDecision,
  Situation,
  SituationDecision,
  Sureness,
} from '../../analysis/decision.js';
import type { Analysis } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import {
  type Block,
  type Column,
  type Hole,
  paragraph,
  quote,
  sentences,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { coordinate, type Figure, figure, figureIf, quotient } from '../../document/figure.js';
import { amountText, plainText, pointText } from '../../document/words.js';
import { tool } from '../tool.js';
import { heldText } from './region-words.js';

/* The decision in words: the title, and the table that stands first. */

export const situationNames: Readonly<Record<Situation, string>> = {
  script: 'once, in a script',
  server: 'fresh data again and again, a server',
  'same data': 'many passes over the same data',
};

const situationEnds: Readonly<Record<Situation, string>> = {
  script: 'in a script',
  server: 'in a server',
  'same data': 'over the same data again and again',
};

/** "Large lists: stay with one thread (for-loop). …": what a reader does after reading nothing else. */
export function decisionTitle(analysis: Analysis): Text {
  const { scenario } = analysis.header;
  const decided = decisionText(analysis);
  return decided === undefined ? [quote(scenario, 'title')] : text`${quote(scenario, 'title')}: ${decided}`;
}

/** The decision for a server, and what differs from it elsewhere; undefined where nothing can be decided on. */
export function decisionText({ decision, header }: Analysis): Text | undefined {
  const leading = findSituation(decision, 'server') ?? decision.situations[0];
  if (leading === undefined) return undefined;
  if (header.scenario.kernel.kind === 'wait') return waitText(leading);
  const others = decision.situations.filter((one) => one !== leading);
  return sentences(leadText(leading, others), differenceText(leading, others));
}

export function findSituation({ situations }: Decision, situation: Situation): SituationDecision | undefined {
  return situations.find((one) => one.situation === situation);
}

function leadText(leading: SituationDecision, others: readonly SituationDecision[]): Text {
  const { group, largest } = leading;
  if (largest.pool === undefined || largest.oneThread === undefined)
    return text`of what was measured, ${largest.use} is ${largest.sure.kind === 'open' ? 'perhaps ' : ''}the fastest.`;
  switch (group) {
    case 'one thread':
      return sentences(text`stay with one thread (${largest.use}).`, poolText(largest));
    case 'pool':
      return text`use a pool (${largest.use})${gainText(largest)}.`;
    case 'same':
      return text`stay with one thread (${largest.use}): a pool is no faster.`;
    case 'open':
      return ['this run cannot say whether a pool pays.'];
    case 'depends':
      return borderSentence(leading, others);
  }
}

/** "The best pool (worker-threads) takes 12× as long." */
function poolText({ oneThread, pool }: PointDecision): Text | undefined {
  if (oneThread === undefined || pool === undefined) return undefined;
  return text`The best pool (${pool.strategy}) takes ${timesAsLong(pool, oneThread)} as long.`;
}

function timesAsLong(slower: Contender, faster: Contender): Figure {
  return quotient([figure(slower.time, 'value', 'ns'), figure(faster.time, 'value', 'ns')], 'ratio');
}

function gainText({ pool }: PointDecision): Text | undefined {
  // Its simplest member may be a little slower than the one that the group was named for.
  if (pool?.gain === undefined || pool.gain.value <= 1) return undefined;
  return text`: ${figure(pool.gain, 'value', 'ratio')} as fast`;
}

/** A border in the server, and the one in a script beside it: who reads one needs to know whether the other is theirs. */
function borderSentence(leading: SituationDecision, others: readonly SituationDecision[]): Text {
  const [border, ...more] = leading.borders;
  if (border === undefined || more.length > 0) return ['it depends on the size, see the table.'];
  const script = others.find(({ situation }) => situation === 'script');
  const also = script?.borders.length === 1 ? script.borders[0] : undefined;
  const same = also?.axis === border.axis && also.below === border.below;
  const second = same && script !== undefined ? text`, ${inSituation(script)} ${fromText(also)}` : undefined;
  return text`a pool pays ${inSituation(leading)} ${fromText(border)}${second}.`;
}

function inSituation({ situation }: SituationDecision): string {
  return situationEnds[situation];
}

/** "from about 52 µs of work per item on". */
function fromText({ axis, below, crossover }: Border): Text {
  const at = amountText(axis, figure(crossover, 'at', { axis }, { digits: 2 }));
  return below === 'pool' ? text`up to about ${at}` : text`from about ${at} on`;
}

/** Other situations that want another group than the leading one. */
function differenceText(leading: SituationDecision, others: readonly SituationDecision[]): Text | undefined {
  const { group, use } = leading;
  if (group === 'depends' || group === 'open') return undefined;
  const different = others.filter((one) => differs(one.group, group) || one.use !== use);
  const parts = different.map((one) => text`${inSituation(one)} ${useText(one)}`);
  if (parts.length === 0) return undefined;
  const [first, ...rest] = parts;
  return text`But ${first}${rest.flatMap((part) => text`, ${part}`)}.`;
}

function differs(group: SituationDecision['group'], leading: Group): boolean {
  return group !== leading && group !== 'open' && !(group === 'same' && leading === 'one thread');
}

function useText({ group, use, borders }: SituationDecision): Text {
  if (group === 'depends') {
    const [border] = borders;
    return border !== undefined && borders.length === 1
      ? text`a pool pays ${fromText(border)}`
      : ['it depends on the size'];
  }
  if (group === 'open') return text`${use} seems the fastest`;
  return group === 'pool' ? text`use a pool (${use})` : text`use ${use}`;
}

/** Items wait and do not compute: one thread can wait for all of them at once. */
function waitText({ largest, group }: SituationDecision): Text {
  const { loop, oneThread } = largest;
  if (group === 'pool') return text`use a pool (${largest.use})${gainText(largest)}.`;
  if (loop === undefined || oneThread === undefined || oneThread.strategy === loop.strategy)
    return text`stay with one thread (${largest.use}).`;
  return text`start all waits at once on one thread (${oneThread.strategy}): ${timesAsLong(loop, oneThread)} as fast as one after another.`;
}

/** The table of situations, or the table of borders where an axis has one. */
export function decisionBlocks(analysis: Analysis): Block[] {
  const { situations } = analysis.decision;
  if (situations.length === 0) return [];
  const rows = situations.flatMap((situation) => borderRows(situation));
  return rows.some(({ border }) => border !== undefined) && rows.length <= mostRows
    ? bordersBlocks(rows)
    : situationsTable(situations);
}

/** More than these do not fit on a first screen. */
const mostRows = 6;

function situationsTable(situations: readonly SituationDecision[]): Block[] {
  const [{ largest }] = situations;
  const baseline = situations.find((one) => one.largest.loop !== undefined)?.largest.loop?.strategy;
  const hasPool = situations.some((one) => one.largest.pool !== undefined);
  return [
    paragraph(text`At the largest size (${sizeText(largest)}):`),
    table<SituationDecision>(
      [
        { head: 'situation', of: ({ situation }) => situationNames[situation] },
        { head: 'use', of: ({ use }) => use },
        { head: 'takes', align: 'right', of: ({ largest: at }) => figure(at, 'takes', 'ns') },
        baseline === undefined
          ? undefined
          : {
              head: baseline,
              align: 'right',
              of: ({ largest: { loop } }) => loop && figure(loop.time, 'value', 'ns'),
            },
        hasPool ? { head: 'best pool', of: ({ largest: at }) => bestPoolText(at) } : undefined,
        { head: 'how sure', of: ({ largest: at }) => sureText(at) },
      ],
      situations,
    ),
  ];
}

function sizeText(at: PointDecision): Text {
  if (Object.keys(at.point).length > 0) return pointText(at.point);
  return text`${figure(at, 'keys', 'count')} keys with ${figure(at, 'elements', 'count')} numbers`;
}

function bestPoolText({ pool, oneThread }: PointDecision): Hole {
  if (pool === undefined) return undefined;
  const time = text`${pool.strategy} ${figure(pool.time, 'value', 'ns')}`;
  if (oneThread === undefined) return time;
  const [slower, faster, words] =
    pool.time.value >= oneThread.time.value
      ? ([pool, oneThread, 'as long'] as const)
      : ([oneThread, pool, 'as fast'] as const);
  return text`${time} (${timesAsLong(slower, faster)} ${words})`;
}

/** How sure the group of a point is, for a cell of a table. */
export function sureText({ sure }: Pick<PointDecision, 'sure'>): Hole {
  switch (sure.kind) {
    case 'sure':
      return 'sure';
    case 'unopposed':
      return 'nothing to compare with';
    case 'close enough':
      return lossText(sure);
    case 'open':
      return openWords[sure.why];
  }
}

/** Below half a percent there is nothing left to lose. */
const leastLoss = 0.005;

function lossText(sure: Extract<Sureness, { readonly kind: 'close enough' }>): Text {
  return sure.loss < leastLoss
    ? text`likely (${figure(tool, 'levelOfIntervals', 'level')} at this size)`
    : text`at most ${figure(sure, 'loss', 'share', { digits: 2 })} from the best`;
}

const openWords = {
  'few rounds': 'open: too few rounds',
  tie: 'a tie: either will do',
  noise: 'open: too much noise',
} as const;

interface BorderRow {
  readonly situation: SituationDecision;
  readonly border?: Border;
}

function borderRows(situation: SituationDecision): BorderRow[] {
  const { borders } = situation;
  return borders.length === 0 ? [{ situation }] : borders.map((border) => ({ situation, border }));
}

function bordersBlocks(rows: readonly BorderRow[]): Block[] {
  const lines = new Map(
    rows.flatMap(({ border }) => (border === undefined ? [] : [[plainText(alongText(border)), border]])),
  );
  const [only] = lines.size === 1 ? lines.values() : [];
  const columns = lines.size === 1 ? [] : [alongColumn];
  return [
    ...(only === undefined ? [] : [paragraph(text`Along ${alongText(only)}:`)]),
    bordersTable(rows, columns),
  ];
}

const alongColumn: Column<BorderRow> = { head: 'along', of: ({ border }) => border && alongText(border) };

function alongText(border: Border): Text {
  return text`${axisTitle(border.axis)}${heldText(border)}`;
}

function bordersTable(rows: readonly BorderRow[], columns: readonly Column<BorderRow>[]): Block {
  return table<BorderRow>(
    [
      { head: 'situation', of: ({ situation }) => situationNames[situation.situation] },
      ...columns,
      { head: 'one thread', of: (row) => sideText(row, 'one thread') },
      { head: 'border', of: ({ border }) => border && rangeText(border) },
      { head: 'pool', of: (row) => sideText(row, 'pool') },
      {
        head: 'pool at the largest',
        align: 'right',
        of: ({ situation, border }) => {
          const { pool } = situation.largest;
          return border === undefined
            ? pool && figureIf(pool, 'gain', 'ratio')
            : figureIf(border, 'gain', 'ratio');
        },
      },
    ],
    rows,
  );
}

function sideText({ situation, border }: BorderRow, side: 'one thread' | 'pool'): Hole {
  if (border === undefined) {
    if (situation.group === side || (situation.group === 'same' && side === 'one thread'))
      return 'at every size';
    return situation.group === 'depends' || situation.group === 'open' ? 'open' : undefined;
  }
  const isBelow = border.below === side;
  const point = isBelow ? border.upTo : border.from;
  if (point === undefined) return 'open';
  const value = amountText(border.axis, coordinate(point, border.axis));
  return isBelow ? text`up to ${value}` : text`from ${value}`;
}

function rangeText({ axis, crossover }: Border): Text {
  const shown = crossover.bracketOnly ? {} : ({ digits: 2 } as const);
  const low = figure(crossover.interval, 'low', { axis }, shown);
  const high = figure(crossover.interval, 'high', { axis }, shown);
  return crossover.bracketOnly
    ? text`between ${low} and ${high}`
    : text`${figure(crossover, 'at', { axis }, shown)} [${low}, ${high}]`;
}
