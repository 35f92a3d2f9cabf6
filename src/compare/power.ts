import { parallel, singleThread } from '../analysis/group.js';
import { tQuantile, twoSidedP } from '../analysis/student.js';
import type { StrategyHeader } from '../results/format.js';
import type { Difference } from './difference.js';
import { type Limits, limitOf } from './limits.js';
import type { Question } from './questions.js';

/** What a comparison of this noise and these rounds would have seen: chances from 0 to 1. */
export interface GatePower {
  /** How much slower, as a share: 0.15 is 15 %. */
  readonly slower: number;
  /** The chance that a strategy of one thread which became so much slower is red, the mean over them. Absent without one. */
  readonly oneThread?: number;
  /** The same of threads and processes. */
  readonly pool?: number;
}

/** What a reader thinks of as clearly slower. */
const clearly = 0.15;

/**
 * The power of the gate, by family: pools are far noisier than loops, and a green comparison says less of them. For each
 * strategy over all of its points the chance of its best account to be red; at the level that Holm's method leaves the
 * first of them (the normal approximation to the power of a t test: Lachin, "Introduction to sample size determination
 * and power analysis for clinical trials", 1981). Undefined where no time has a spread.
 */
export function powerOf(
  questions: readonly Question[],
  differences: readonly Difference[],
  strategies: readonly StrategyHeader[],
  { limits, level }: { readonly limits: Limits; readonly level: number },
): GatePower | undefined {
  const slower = Math.max(clearly, 2 * limits.time);
  const byLabel = new Map(strategies.map((one) => [one.label, one]));
  const best = new Map<string, number>();
  for (const [i, question] of questions.entries()) {
    if (question.quantity !== 'time' && question.quantity !== 'ratio to for-loop') continue;
    const { error, df } = differences[i];
    if (!(error > 0)) continue;
    const beyond = (Math.log1p(slower) - Math.log1p(limitOf(limits, question))) / error;
    const chance = below(beyond - tQuantile(1 - level / questions.length, df), df);
    best.set(question.strategy, Math.max(chance, best.get(question.strategy) ?? 0));
  }
  const among = (family: (strategy: StrategyHeader) => boolean) => {
    const chances = [...best].flatMap(([label, chance]) => {
      const strategy = byLabel.get(label);
      return strategy !== undefined && family(strategy) ? [chance] : [];
    });
    return chances.length === 0 ? undefined : chances.reduce((sum, one) => sum + one, 0) / chances.length;
  };
  const [oneThread, pool] = [among(singleThread), among(parallel)];
  if (oneThread === undefined && pool === undefined) return undefined;
  return {
    slower,
    ...(oneThread === undefined ? {} : { oneThread }),
    ...(pool === undefined ? {} : { pool }),
  };
}

/** P(T < t) for Student's t. */
function below(t: number, df: number): number {
  const tail = twoSidedP(Math.abs(t), df) / 2;
  return t > 0 ? 1 - tail : tail;
}
