import type { Analysis } from '../../analysis/types.js';
import { accountOf, measuredCells } from '../headline.js';
import { capital, counted, lineOf } from '../plain-text.js';
import { constant } from '../pointers/constants.js';
import { noted, told } from '../pointers/note.js';
import { selfCheckSentence } from '../self-check.js';
import { formatPercent } from '../units.js';
import { confidenceOf, machineLine, measuredRounds, roundsLine } from '../wording.js';
import { bandwidthAnswer } from './bandwidth.js';
import { factsOf } from './facts.js';
import { here, parallelAnswer } from './parallel-answer.js';
import { pricesAnswer } from './prices-answer.js';
import { vectorAnswer } from './vector-answer.js';
import { waitingAnswer } from './waiting-answer.js';

/** The first section: what to do, the physical reason, where it holds, and how far it can be trusted. */
export function answerSection(analysis: Analysis): string {
  return [
    '## The answer',
    `**${lineOf(analysis.header.scenario, 'question')}**`,
    answer(analysis),
    ...caution(analysis),
    [`Measured on: ${machineLine(analysis)}; ${roundsLine(analysis)}.`, ...smallestLine(analysis)].join(' '),
  ].join('\n\n');
}

/** The decision in two or three sentences, composed from what was found. */
export function answer(analysis: Analysis): string {
  const blocked = blockersOf(analysis);
  if (blocked.length > 0) return blocked.join(' ');
  const points = accountOf(analysis, 'warm')?.points ?? [];
  if (points.every((point) => measuredCells(point).length === 0)) return nothingMeasured(analysis);
  if (analysis.prices?.alone) return pricesAnswer(analysis);
  const roof = bandwidthAnswer(analysis);
  if (roof !== undefined) return roof;
  if (analysis.header.scenario.kernel.kind === 'wait') return waitingAnswer(analysis);
  const facts = factsOf(analysis);
  return [parallelAnswer(analysis, facts), vectorAnswer(analysis, facts)].filter(Boolean).join(' ');
}

/** A blocker stops the verdict: what is wrong and what to do stand where the answer would, figures follow below. */
function blockersOf(analysis: Analysis): string[] {
  const blockers = analysis.findings.filter(
    ({ severity, id }) => severity === 'blocker' && id !== 'nothing-measured',
  );
  if (blockers.length === 0) return [];
  return [
    'This run gives no verdict:',
    ...blockers.map((finding) => `${lineOf(finding, 'sentence')} ${lineOf(finding, 'advice')}`),
  ];
}

/** Whoever reads "undecided" or "same" must know what would have been found. */
function smallestLine(analysis: Analysis): string[] {
  if (analysis.smallestDifference === undefined) return [];
  const known = selfCheckSentence();
  return [
    `Smallest difference that this run could have seen: about ${told(analysis, 'smallestDifference', formatPercent)}.`,
    ...(known === undefined ? [] : [noted(known, { kind: 'tool', name: 'self-check' })]),
  ];
}

function nothingMeasured(analysis: Analysis): string {
  const cells = accountOf(analysis, 'warm')?.points.flatMap((point) => point.cells) ?? [];
  const became = { failed: 'failed', bound: 'hit a limit', missing: 'not reached' };
  const parts = Object.entries(became).flatMap(([kind, words]) => {
    const these = cells.flatMap(({ state }) => (state.kind === kind ? [state] : []));
    const counts = counted(these.length, 'cell', { kind: 'these', from: these });
    return these.length === 0 ? [] : [`${counts} ${words}`];
  });
  const why = parts.length === 0 ? '' : ` (${parts.join(', ')}; see below)`;
  return `${here(analysis)} nothing was measured${why}, so there is nothing to decide from.`;
}

/** What limits the answer: few rounds, a quick run, an interruption. One sentence or two each. */
export function caution(analysis: Analysis): string[] {
  const { scenario } = analysis.header;
  const lines: Record<ReturnType<typeof confidenceOf>, string[]> = {
    none: [
      `Only ${measuredRounds(analysis)}: below ${constant('least rounds')} there is no interval and no winner. All figures are indicative.`,
    ],
    quick: [],
    indicative: [
      `Only ${measuredRounds(analysis)} (a full run has at least ${constant('rounds of a full run')}): indicative.`,
    ],
    full: [],
  };
  const sentence = (text: string) => capital(text.trim().replace(/\.$/, ''));
  const left =
    scenario.quickNote === undefined
      ? 'Fewer rounds and smaller sizes than a full run'
      : lineOf(scenario, 'quickNote', sentence);
  return [
    ...lines[confidenceOf(analysis)],
    ...(analysis.header.quick
      ? [`quick: indicative. ${left}. Run again without \`--quick\` before you act on it.`]
      : []),
    ...(analysis.interrupted ? ['The run was interrupted: what is missing is listed below.'] : []),
  ];
}
