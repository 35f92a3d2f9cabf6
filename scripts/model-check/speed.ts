import { choose, type Profile, type ProfileAccount, type Question } from '../../src/choose/choose.js';
import type { Figure } from '../figures/figure.js';
import type { DecisionCell } from './held-out-cells.js';

const calls = 200_000;

/** How long a decision takes in a program that asks again and again: the median of nine series. */
export function decisionTime(profile: Profile, cells: readonly DecisionCell[]): Figure {
  const questions = cells.map(({ account, shape: { keys, elements, work } }): Question => {
    return { account: account as ProfileAccount, keys, length: elements / keys, work };
  });
  let strategies = 0;
  const series = Array.from({ length: 9 }, () => {
    const from = process.hrtime.bigint();
    for (let i = 0; i < calls; i++)
      strategies += choose(profile, questions[i % questions.length]).strategy.length;
    return Number(process.hrtime.bigint() - from) / calls;
  });
  const ns = series.sort((a, b) => a - b)[4];
  // What is never looked at might not be computed either.
  if (strategies === 0) throw new Error('nothing was chosen');
  return { name: 'time of a choice', bar: '< 1 µs', seen: `${ns.toFixed(0)} ns`, holds: ns < 1_000 };
}
