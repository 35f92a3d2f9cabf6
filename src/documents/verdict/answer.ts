import type { Analysis } from '../../analysis/types.js';
import {
  type Block,
  paragraph,
  quote,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { capital, counted, joinedBy } from '../../document/words.js';
import type { Scaling } from '../../model/scaling/scaling.js';
import { accountOf, measuredCells } from '../lookup.js';
import {
  groupNames,
  largestSizes,
  mainPrices,
  type NamedRow,
  type RowPrice,
  rowsOf,
  sizeFigure,
  sizesOf,
} from '../prices.js';
import { here, hostText } from '../run-words.js';
import { bandwidthAnswer } from './bandwidth.js';
import { decisionBlocks, decisionText, decisionTitle } from './decision.js';
import { cautions, sayOnce } from './doubts.js';
import { reasonBlocks } from './reasons.js';

/** The first screen: what to do in each situation, why, what would change it, and what limits it. */
export function answerSection(
  analysis: Analysis,
  scaling: readonly Scaling[],
  pictures: readonly Block[] = [],
): Section {
  return {
    id: 'answer',
    title: [],
    blocks: [
      paragraph(strong(quote(analysis.header.scenario, 'question'))),
      paragraph(text`Measured on ${hostText(analysis)}.`),
      ...cautions(analysis),
      ...(hasDecision(analysis)
        ? [...decisionBlocks(analysis), ...pictures, ...reasonBlocks(analysis, scaling)]
        : [paragraph(answerText(analysis))]),
    ],
  };
}

/** What a document is called: the decision of its run, where there is one. */
export function titleText(analysis: Analysis): Text {
  return hasDecision(analysis) ? decisionTitle(analysis) : [quote(analysis.header.scenario, 'title')];
}

/** Prices, roofs and runs without a figure are no contest, and a blocker stops every verdict. */
function hasDecision(analysis: Analysis): boolean {
  return insteadOfDecision(analysis) === undefined;
}

/** Every place that shows the answer of a run shows this one: it is composed once per analysis. */
const composed = new WeakMap<Analysis, Text>();

/** The decision in two or three sentences, composed from what was found. */
export function answerText(analysis: Analysis): Text {
  const answer = composed.get(analysis) ?? composeAnswer(analysis);
  composed.set(analysis, answer);
  return answer;
}

function composeAnswer(analysis: Analysis): Text {
  return insteadOfDecision(analysis) ?? capital(decisionText(analysis));
}

/** What is said where there is nothing to decide. */
function insteadOfDecision(analysis: Analysis): Text | undefined {
  const blocked = blockersText(analysis);
  if (blocked !== undefined) return blocked;
  const points = accountOf(analysis, 'warm')?.points ?? [];
  if (points.every((point) => measuredCells(point).length === 0)) return nothingMeasured(analysis);
  return analysis.prices?.alone ? pricesAnswer(analysis) : bandwidthAnswer(analysis);
}

/** A blocker stops the verdict: what is wrong and what to do stand where the answer would, figures follow below. */
function blockersText(analysis: Analysis): Text | undefined {
  const blockers = analysis.findings.filter(
    ({ severity, id }) => severity === 'blocker' && id !== 'nothing-measured',
  );
  if (blockers.length === 0) return undefined;
  const said = sayOnce(analysis);
  return sentences('This run gives no verdict:', ...blockers.map((finding) => said.get(finding)));
}

function nothingMeasured(analysis: Analysis): Text {
  const cells = accountOf(analysis, 'warm')?.points.flatMap((point) => point.cells) ?? [];
  const became = { failed: 'failed', bound: 'hit a limit', missing: 'not reached' };
  const parts = Object.entries(became).flatMap(([kind, words]) => {
    const these = cells.flatMap(({ state }) => (state.kind === kind ? [state] : []));
    return these.length === 0 ? [] : [text`${counted(count(these), 'cell')} ${words}`];
  });
  const why = parts.length === 0 ? undefined : text` (${joinedBy(parts, ', ')}; see below)`;
  return text`${here(analysis)} nothing was measured${why}, so there is nothing to decide from.`;
}

/** The ends of a price list in a sentence each: per number in each group, and per event. */
function pricesAnswer(analysis: Analysis): Text {
  const groups = groupNames(analysis);
  const sizes = largestSizes(analysis);
  const priceAt = ({ row }: NamedRow, index: number) => mainPrices(row, sizes)[index];
  const numbers = groups.flatMap((group, index) => {
    const rows = rowsOf(analysis, 'number');
    const ends = endsText(rows, (row) => priceAt(row, index));
    const size = sizeFigure(
      rows.flatMap(({ row }) => sizesOf(row.figures[index])),
      sizes[index],
    );
    if (ends === undefined || size === undefined) return [];
    const of = groups.length > 1 ? text`${group}, ` : undefined;
    return [text`per number (${of}${size} at once) ${ends}`];
  });
  const events = endsText(rowsOf(analysis, 'event'), (row) => priceAt(row, 0));
  const parts = [...numbers, ...(events === undefined ? [] : [text`per event ${events}`])];
  if (parts.length === 0) return text`${here(analysis)} nothing has a price; the reasons stand below.`;
  return text`${here(analysis)} the overheads cost, ${joinedBy(parts, '; ')}.`;
}

/** "from 0.5 ns (slice) to 600 ns (JSON.stringify)". */
function endsText(
  rows: readonly NamedRow[],
  priceOf: (row: NamedRow) => RowPrice | undefined,
): Text | undefined {
  const priced = rows.flatMap((row) => {
    const price = priceOf(row);
    return price === undefined ? [] : [{ row, price }];
  });
  if (priced.length === 0) return undefined;
  const sorted = priced.sort((a, b) => a.price.estimate.value - b.price.estimate.value);
  const words = ({ row, price }: (typeof sorted)[number]) => {
    const where = row.where === 'Node' ? '' : `, ${row.where}`;
    // In a sentence the value alone, to two digits.
    const value = figure(price.estimate, 'value', 'ns', { digits: 2 });
    return text`${value} (${row.name}${where})`;
  };
  return text`from ${words(sorted[0])} to ${words(sorted[sorted.length - 1])}`;
}
