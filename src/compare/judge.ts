import { estimateOf } from '../analysis/estimate.js';
import { grouped } from '../analysis/grouped.js';
import { alpha, holm } from '../analysis/holm.js';
import { withinMargin } from '../analysis/rivalry.js';
import type { StrategyHeader } from '../results/format.js';
import {
  type Difference,
  differenceOf,
  moderated,
  pDiffers,
  pSlowerBeyond,
  ratioEstimate,
} from './difference.js';
import { type Limits, limitOf } from './limits.js';
import { type GatePower, powerOf } from './power.js';
import { noiseOf, type Question } from './questions.js';
import type { ChangeLabel, Compared, Pairing } from './types.js';

/** What is asked together, and what share of the whole error it may spend on false reds. */
export interface Family {
  readonly questions: readonly Question[];
  readonly weight: number;
  /** Who knows each other's noise: all strategies of an account, or the cells of one strategy in it. */
  readonly alike: 'account' | 'strategy';
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
  return families.flatMap((family) => judgeFamily(family, shareOf(family, families), options));
}

/** Of the error. What is not asked takes none of it. */
function shareOf({ weight }: Family, families: readonly Family[]): number {
  const asked = families.filter(({ questions }) => questions.length > 0);
  return (alpha * weight) / asked.reduce((sum, one) => sum + one.weight, 0);
}

/** What the family of questions would have seen of a strategy that became clearly slower. */
export function judgePower(
  family: Family,
  families: readonly Family[],
  strategies: readonly StrategyHeader[],
  { pairing, limits }: JudgeOptions,
): GatePower | undefined {
  const { questions, alike } = family;
  const level = shareOf(family, families);
  return powerOf(questions, differencesOf(questions, alike, pairing), strategies, { limits, level });
}

function judgeFamily(
  { questions, alike }: Family,
  share: number,
  { pairing, limits, margin, commonLog }: JudgeOptions,
): Compared[] {
  const differences = differencesOf(questions, alike, pairing).map((one, i) =>
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

function differencesOf(
  questions: readonly Question[],
  alike: Family['alike'],
  pairing: Pairing,
): Difference[] {
  const plain = questions.map(({ base, head }) => differenceOf(base, head, pairing));
  const result = [...plain];
  const groups = grouped(questions.keys(), (i) => {
    const { scenario, strategy, account } = questions[i];
    return JSON.stringify([scenario, account, alike === 'strategy' ? strategy : '']);
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
