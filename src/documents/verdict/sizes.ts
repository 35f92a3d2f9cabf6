import type { Contender, PointDecision, SituationDecision } from '../../analysis/decision.js';
import type { Analysis } from '../../analysis/types.js';
import { axisTitle } from '../../contract/axes.js';
import {
  type Block,
  type Column,
  code,
  type Hole,
  heading,
  list,
  paragraph,
  quote,
  type Section,
  type Text,
  table,
  text,
} from '../../document/document.js';
import { coordinate, type Figure, figure, figureIf } from '../../document/figure.js';
import { capitalWord, joinedBy, pointText } from '../../document/words.js';
import { commonPart, varyingAxes } from '../points.js';
import { tool } from '../tool.js';
import { chartBlocks, type VerdictChart } from './charts.js';
import { situationNames, sureText } from './decision.js';

/** What the situations are, in the words of a bill: what is in the time of a call, and what is not. */
const whatCounts: Readonly<Record<SituationDecision['situation'], string>> = {
  script: 'Everything from loading the code and starting the workers to shutting them down, for one call.',
  server: 'Everything is up and running. Each call brings fresh data and takes the answers away.',
  'same data': 'The data already lies where the strategy computes. Only computing counts.',
};

/** A row per point and situation: one thread, pool, which of them is faster, and how sure that is. */
export function sizesSection(analysis: Analysis, charts: readonly VerdictChart[]): Section {
  const level = figure(tool, 'levelOfIntervals', 'level');
  const { decision, header } = analysis;
  const shown = charts.filter(({ kind }) => kind === 'time' || kind === 'map');
  return {
    id: 'sizes',
    title: ['Every size'],
    blocks: [
      paragraph(
        text`Each side is shown by its fastest member. Times are means per call. "Pool against one thread" is the time on one thread over the pool's: if it is above one, the pool is faster. Brackets hold ${level} intervals, and a difference within ${figure(header, 'margin', 'share')} is a tie.`,
      ),
      ...decision.situations.flatMap((situation) => [
        heading(capitalWord(situationNames[situation.situation])),
        paragraph(whatCounts[situation.situation]),
        ...sizesBlocks(analysis, situation),
        ...chartBlocks(shown.filter(({ account }) => account === situation.account)),
      ]),
      ...chartBlocks(shown.filter(({ account }) => account === undefined)),
      { kind: 'details', summary: ['What was compared'], blocks: strategyBlocks(analysis) },
    ],
  };
}

function strategyBlocks({ header }: Analysis): Block[] {
  return list(header.strategies.map((one) => text`${code(one.label)}: ${quote(one, 'title')}`));
}

/** The table of one situation, and what all of its points share. */
export function sizesBlocks(analysis: Analysis, { points }: SituationDecision): Block[] {
  const sorted = sortPoints(points);
  const shared = sharedText(analysis, sorted);
  return [
    table<PointDecision>(
      [
        ...placeColumns(sorted),
        { head: 'one thread', of: ({ oneThread }) => contenderText(oneThread) },
        sorted.some(({ pool }) => pool !== undefined)
          ? { head: 'pool', of: ({ pool }) => contenderText(pool) }
          : undefined,
        sorted.some(({ pool }) => pool?.gain !== undefined)
          ? {
              head: 'pool against one thread',
              align: 'right',
              of: ({ pool }) => pool && figureIf(pool, 'gain', 'ratio'),
            }
          : undefined,
        { head: 'use', of: useText },
        { head: 'how sure', of: sureText },
      ],
      sorted,
    ),
    ...(shared === undefined ? [] : [paragraph(text`Everywhere: ${shared}.`)]),
  ];
}

function contenderText(contender: Contender | undefined): Hole {
  return contender && text`${contender.strategy} ${timeFigure(contender)}`;
}

function timeFigure(contender: Contender): Figure {
  return figure(contender, 'time', 'ns');
}

function useText({ group, use }: PointDecision): Hole {
  if (group === undefined) return 'open';
  return group === 'same' ? text`${use} (a tie)` : use;
}

/** The axes on which the points differ; of a single point, where it lies. */
export function placeColumns<P extends Pick<PointDecision, 'point' | 'keys' | 'elements'>>(
  points: readonly P[],
): Column<P>[] {
  const axes = varyingAxes(points.map(({ point }) => point));
  if (axes.length === 0) return [{ head: 'size', of: sizeText }];
  return axes.map((axis) => ({
    head: axisTitle(axis),
    align: 'right',
    of: ({ point }) => (axis in point ? coordinate(point, axis) : undefined),
  }));
}

/** Where a point lies; without axes, as in a run on one file, the size of its data. */
export function sizeText(at: Pick<PointDecision, 'point' | 'keys' | 'elements'>): Text {
  if (Object.keys(at.point).length > 0) return pointText(at.point);
  return text`${figure(at, 'keys', 'count')} keys with ${figure(at, 'elements', 'count')} numbers`;
}

/** In the order of their axes. */
export function sortPoints<P extends Pick<PointDecision, 'point'>>(points: readonly P[]): P[] {
  const axes = varyingAxes(points.map(({ point }) => point));
  return [...points].sort((a, b) => {
    for (const axis of axes) {
      const [left, right] = [a.point[axis], b.point[axis]];
      if (typeof left === 'number' && typeof right === 'number' && left !== right) return left - right;
    }
    return 0;
  });
}

/** What all points have in common, in the tables' words; a default of the run goes before a value of a point. */
function sharedText({ header: { defaults } }: Analysis, decided: readonly PointDecision[]): Text | undefined {
  const points = decided.map(({ point }) => point);
  const common = varyingAxes(points).length > 0 ? Object.keys(commonPart(points)) : [];
  const axes = [...new Set([...common, ...Object.keys(defaults)])];
  if (axes.length === 0) return undefined;
  return joinedBy(
    axes.map((axis) => pointText(axis in defaults ? defaults : points[0], [axis])),
    ', ',
  );
}
