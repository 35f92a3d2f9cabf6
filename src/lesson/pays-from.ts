import type { Compared } from './compared.js';
import type { Facts } from './facts.js';
import { type QuestionName, steps } from './questions.js';

/** A way of bringing lists to a pool of threads, as the questions name it. */
export type Way = 'cloned' | 'transferred' | 'shared';

/** From how much work on a way pays; amounts are steps per number, those that were measured. */
export type PaysFrom =
  /** It wins at `from` and everywhere above; `below` is the nearest amount at which it was shown not to win, if any. */
  | { readonly kind: 'from'; readonly from: number; readonly below?: number }
  /** Shown not to win at any amount. */
  | { readonly kind: 'never' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'missing'; readonly because: string };

export function paysFrom({ compared }: Pick<Facts, 'compared'>, way: Way): PaysFrom {
  const outcomes = steps.map((step) => compared[`${way}${step}` satisfies QuestionName]);
  const missing = outcomes.find(
    (one): one is Extract<Compared, { kind: 'missing' }> => one.kind === 'missing',
  );
  if (missing !== undefined) return { kind: 'missing', because: missing.because };
  const winsFrom = outcomes.length - [...outcomes].reverse().findIndex(({ kind }) => kind !== 'faster');
  const first = outcomes.every(({ kind }) => kind === 'faster') ? 0 : winsFrom;
  if (first === outcomes.length)
    return {
      kind: outcomes.some(({ kind }) => kind === 'undecided' || kind === 'faster') ? 'undecided' : 'never',
    };
  const below = outcomes.slice(0, first).findLastIndex(({ kind }) => kind === 'slower' || kind === 'same');
  return { kind: 'from', from: steps[first], ...(below < 0 ? {} : { below: steps[below] }) };
}
