import {
  explained,
  type Ladder,
  ladderOf,
  type PathDetails,
  type Traced,
  tracedOf,
  wellExplained,
} from '../../analysis/path.js';
import type { Analysis } from '../../analysis/types.js';
import type { PathPart } from '../../contract/trace.js';
import {
  type Block,
  type Column,
  code,
  type Hole,
  heading,
  list,
  paragraph,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { count, type Figure, figure, quotient } from '../../document/figure.js';
import { joinedBy } from '../../document/words.js';
import { pathParts } from '../../results/trace/parts.js';
import { accountOf, strategyOf, tracedPools } from '../lookup.js';
import { placeText } from '../run-words.js';
import { tool } from '../tool.js';

/** Overheads below this share of a call are not worth removing first. */
const worthRemoving = 0.1;

/** Below this share a part is left out of the table. */
const leastShare = 0.0005;

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
export const partGerunds: Readonly<Record<PathPart, string>> = {
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
export function pathBlocks(analysis: Analysis): Block[] {
  const traced = tracedPools(analysis);
  if (traced.length === 0) return [];
  const [startPart, ...parts] = pathParts;
  const partColumn = (part: PathPart): Column<Traced> => ({
    head: heads[part],
    align: 'right',
    of: ({ path }) => partText(path, part),
  });
  return [
    heading('Where the time of a call to workers went'),
    paragraph(
      text`From call to answer along the critical path, overlap counted once: a call after the timed ones, warm, at ${placeText(traced[0].cell)}.${estimatedWords(traced)} ${explainedText(analysis)}`,
    ),
    table<Traced>(
      [
        { head: 'strategy', of: ({ cell }) => cell.strategy },
        { head: 'traced call', align: 'right', of: ({ path }) => figure(path, 'callNs', 'ns') },
        { head: heads[startPart], align: 'right', of: ({ path }) => figure(path, 'startNs', 'ns') },
        ...parts.map(partColumn),
      ],
      traced,
    ),
    ...list(adviceTexts(analysis, traced)),
  ];
}

function partText(path: PathDetails, part: PathPart): Hole {
  if (path.partsNs[part] / path.callNs < leastShare) return undefined;
  return text`${path.estimated.includes(part) ? '≈ ' : ''}${shareOfCall(path, part)}`;
}

/** The share of a call that some parts take together. */
function shareOfCall(path: PathDetails, ...parts: PathPart[]): Figure {
  return quotient(
    [...parts.map((part) => figure(path.partsNs, part, 'ns')), figure(path, 'callNs', 'ns')],
    'part',
  );
}

function estimatedWords(traced: readonly Traced[]): string {
  if (!traced.some(({ path }) => path.estimated.length > 0)) return '';
  return ' "≈" is estimated: a process reads its pipe while the other side still writes, and that is counted as deserialising.';
}

/** Over all points, since a table at one says nothing about the others. */
function explainedText(analysis: Analysis): Text {
  const paths = accountOf(analysis, 'warm')?.points.flatMap((point) => tracedOf(point.cells)) ?? [];
  const all = paths.map(({ path }) => path);
  const well = all.filter((path) => explained(path) >= wellExplained);
  const share = text`at least ${figure(tool, 'wellExplained', 'level')} of the call`;
  if (well.length === 0) return text`In no cell of this run do the parts explain ${share}.`;
  return text`The parts explain ${share} in ${count(well)} of ${count(all)} cells of this run.`;
}

/** One sentence per family: from its slowest strategy on. */
function adviceTexts(analysis: Analysis, traced: readonly Traced[]): Text[] {
  return (['threads', 'processes'] as const).flatMap((family) => {
    const members = traced.filter(({ cell }) => strategyOf(analysis, cell.strategy)?.family === family);
    const ladder = ladderOf(members, analysis.header.margin);
    return ladder === undefined ? [] : [adviceText(ladder, members.length)];
  });
}

/** `family`: how many strategies of it were traced. */
function adviceText({ overhead, steps }: Ladder, family: number): Text {
  const [slowest, ...others] = steps;
  const { cell, path } = slowest;
  if (overhead.share < worthRemoving)
    return text`${code(cell.strategy)}: ${shareOfCall(path, 'compute', 'idle')} of a call is the work itself; no overhead is worth removing.`;
  const first = text`${code(cell.strategy)} spends ${shareOfCall(path, overhead.part)} of a call ${partGerunds[overhead.part]}: remove that first.`;
  if (others.length > 0) {
    const without = others.map(
      (step) => text`${code(step.cell.strategy)} does without half of it or more and has ${speedText(step)}`,
    );
    return text`${first} It has ${speedText(slowest)}; ${joinedBy(without, '; ')}.`;
  }
  return family === 1
    ? first
    : text`${first} No strategy of its family that is surely faster in this run does without it.`;
}

function speedText({ cell }: Traced): Text {
  const { state } = cell;
  if (cell.speedUp !== undefined) return text`a speed-up of ${figure(cell, 'speedUp', 'ratio')}`;
  return state.kind === 'measured' ? text`a time of ${figure(state, 'time', 'ns')}` : ['no time'];
}
