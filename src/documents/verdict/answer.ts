import type { Analysis } from '../../analysis/types.js';
import {
  paragraph,
  quote,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { counted, joinedBy } from '../../document/words.js';
import { accountOf, measuredCells } from '../lookup.js';
import { here, machineText, roundsText } from '../run-words.js';
import { tool } from '../tool.js';
import { bandwidthAnswer } from './bandwidth.js';
import { cautions, sayOnce } from './doubts.js';
import { factsOf } from './facts.js';
import { parallelAnswer } from './parallel-answer.js';
import { pricesAnswer } from './prices-answer.js';
import { vectorAnswer } from './vector-answer.js';
import { waitingAnswer } from './waiting-answer.js';

/** The first section: what to do, the physical reason, where it holds, and how far it can be trusted. */
export function answerSection(analysis: Analysis): Section {
  return {
    id: 'answer',
    title: ['The answer'],
    blocks: [
      paragraph(strong(quote(analysis.header.scenario, 'question'))),
      paragraph(answerText(analysis)),
      ...cautions(analysis),
      paragraph(
        sentences(
          text`Measured on: ${machineText(analysis)}; ${roundsText(analysis)}.`,
          ...smallestTexts(analysis),
        ),
      ),
    ],
  };
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
  const blocked = blockersText(analysis);
  if (blocked !== undefined) return blocked;
  const points = accountOf(analysis, 'warm')?.points ?? [];
  if (points.every((point) => measuredCells(point).length === 0)) return nothingMeasured(analysis);
  if (analysis.prices?.alone) return pricesAnswer(analysis);
  const roof = bandwidthAnswer(analysis);
  if (roof !== undefined) return roof;
  if (analysis.header.scenario.kernel.kind === 'wait') return waitingAnswer(analysis);
  const facts = factsOf(analysis);
  return sentences(parallelAnswer(analysis, facts), vectorAnswer(analysis, facts));
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

/** A reader of "undecided" or "same" must know what would have been found. */
function smallestTexts(analysis: Analysis): (Text | undefined)[] {
  const { smallestDifference } = analysis;
  if (smallestDifference === undefined) return [];
  const { oneThread, pool } = smallestDifference;
  const parts = [
    ...(oneThread === undefined
      ? []
      : [text`${figure(smallestDifference, 'oneThread', 'share')} on one thread`]),
    ...(pool === undefined ? [] : [text`${figure(smallestDifference, 'pool', 'share')} for pools`]),
  ];
  const smallest = parts.length === 0 ? [figure(smallestDifference, 'all', 'share')] : parts;
  return [
    text`Smallest difference that a run like this one names in four of five cases: about ${joinedBy(smallest, ', ')}.`,
    tool.selfCheck === undefined ? undefined : [quote(tool, 'selfCheck')],
  ];
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
