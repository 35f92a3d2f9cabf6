import type { Analysis } from '../../analysis/types.js';
import {
  type Block,
  code,
  paragraph,
  quote,
  type Section,
  sentences,
  strong,
  type Text,
  text,
} from '../../document/document.js';
import { count, figure } from '../../document/figure.js';
import { capitalWord, counted, joinedBy } from '../../document/words.js';
import { accountOf, measuredCells } from '../lookup.js';
import { confidenceOf, here, machineText, roundsFigure, roundsText } from '../run-words.js';
import { tool } from '../tool.js';
import { bandwidthAnswer } from './bandwidth.js';
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

/** The decision in two or three sentences, composed from what was found. */
export function answerText(analysis: Analysis): Text {
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
  return sentences(
    'This run gives no verdict:',
    ...blockers.map((finding) => text`${quote(finding, 'sentence')} ${quote(finding, 'advice')}`),
  );
}

/** A reader of "undecided" or "same" must know what would have been found. */
function smallestTexts(analysis: Analysis): (Text | undefined)[] {
  if (analysis.smallestDifference === undefined) return [];
  const smallest = figure(analysis, 'smallestDifference', 'share');
  return [
    text`Smallest difference that this run could have seen: about ${smallest}.`,
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

/** What limits the answer: few rounds, a quick run, an interruption. */
export function cautions(analysis: Analysis): Block[] {
  return [roundsCaution(analysis), quickCaution(analysis), interruptedCaution(analysis)].flatMap((words) =>
    words === undefined ? [] : [paragraph(words)],
  );
}

function roundsCaution(analysis: Analysis): Text | undefined {
  const rounds = counted(roundsFigure(analysis), 'round');
  switch (confidenceOf(analysis)) {
    case 'none':
      return text`Only ${rounds}: below ${figure(tool, 'leastRounds', 'whole')} there is no interval and no winner. All figures are indicative.`;
    case 'indicative':
      return text`Only ${rounds} (a full run has at least ${figure(tool, 'fullRounds', 'whole')}): indicative.`;
    case 'quick':
    case 'full':
      return undefined;
  }
}

function quickCaution({ header }: Analysis): Text | undefined {
  if (!header.quick) return undefined;
  const sentence = (note: string) => capitalWord(note.trim().replace(/\.$/, ''));
  const left =
    header.scenario.quickNote === undefined
      ? 'Fewer rounds and smaller sizes than a full run'
      : quote(header.scenario, 'quickNote', sentence);
  return text`quick: indicative. ${left}. Run again without ${code('--quick')} before you act on it.`;
}

function interruptedCaution({ interrupted }: Analysis): Text | undefined {
  return interrupted ? ['The run was interrupted: what is missing is listed below.'] : undefined;
}
