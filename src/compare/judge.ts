import { estimateOf } from '../analysis/estimate.js';
import { grouped } from '../analysis/grouped.js';
import { alpha, holm } from '../analysis/holm.js';
import { withinMargin } from '../analysis/rivalry.js';
import {
  type Difference,
  differenceOf,
  moderated,
  pDiffers,
  pSlowerBeyond,
  ratioEstimate,
} from './difference.js';
import { type Limits, limitOf } from './limits.js';
import { noiseOf, type Question } from './questions.js';
import type { ChangeLabel, Compared, Pairing } from './types.js';

/** What is asked together, and what share of the whole error it may spend on false reds. */
export interface Family {
  readonly questions: readonly Question[];
  readonly weight: number;
}

export interface JudgeOptions {
  readonly pairing: Pairing;
  readonly limits: Limits;
  readonly margin: number;
  /** Log factor that the whole machine was slower by: taken out of every time. */
  readonly commonLog: number;
}

/**
 * Every question with its answer. Red is a minimum-effect test, "slower by more than the limit", at Holm's correction
 * within the family, and the families share one error of 5 %: since nothing is red by being slower than 1, a pair of
 * equal runs is red far more rarely than that (`npm run gate-check` measures it).
 */
export function judge(families: readonly Family[], options: JudgeOptions): Compared[] {
  const all = families.reduce((sum, { weight }) => sum + weight, 0);
  return families.flatMap(({ questions, weight }) => judgeFamily(questions, (alpha * weight) / all, options));
}

function judgeFamily(
  questions: readonly Question[],
  share: number,
  { pairing, limits, margin, commonLog }: JudgeOptions,
): Compared[] {
  const differences = differencesOf(questions, pairing).map((one, i) =>
    questions[i].quantity === 'time' ? { ...one, log: one.log - commonLog } : one,
  );
  const limitsOfAll = questions.map((question) => limitOf(limits, question));
  const differs = holm(differences.map(pDiffers));
  const beyond = holm(differences.map((one, i) => pSlowerBeyond(one, limitsOfAll[i])));
  return questions.map((question, i) => ({
    scenario: question.scenario,
    strategy: question.strategy,
    quantity: question.quantity,
    ...(question.account === undefined ? {} : { account: question.account }),
    ...(question.point === undefined ? {} : { point: question.point }),
    points: question.points,
    base: estimateOf(question.base),
    head: estimateOf(question.head),
    ratio: ratioEstimate(differences[i]),
    noise: noiseOf(question),
    limit: limitsOfAll[i],
    label: labelOf(differences[i], differs[i], margin),
    red: beyond[i] < share,
  }));
}

/** Differences of a strategy's cells know each other's noise; strategies as a whole that of the others in the account. */
function differencesOf(questions: readonly Question[], pairing: Pairing): Difference[] {
  const plain = questions.map(({ base, head }) => differenceOf(base, head, pairing));
  const result = [...plain];
  const groups = grouped(questions.keys(), (i) => {
    const { scenario, strategy, account, point } = questions[i];
    return JSON.stringify([scenario, account, point === undefined ? '' : strategy]);
  });
  for (const members of groups.values()) {
    moderated(members.map((i) => plain[i])).forEach((one, place) => {
      result[members[place]] = one;
    });
  }
  return result;
}

function labelOf(difference: Difference, adjustedP: number, margin: number): ChangeLabel {
  const { interval, value } = ratioEstimate(difference);
  if (interval === undefined) return 'undecided';
  if (withinMargin(Math.log(interval.low), Math.log(interval.high), margin)) return 'same';
  if (adjustedP >= alpha) return 'undecided';
  return value > 1 ? 'slower' : 'faster';
}
