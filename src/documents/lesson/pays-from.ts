import type { Missing } from './compared.js';
import type { Facts } from './facts.js';
import { type QuestionName, steps } from './questions.js';

/** A way of bringing lists to a pool of threads, as the questions name it. */
export type Way = 'cloned' | 'transferred' | 'shared';

/** Work per number, of the amounts that are asked about. */
export type Steps = (typeof steps)[number];

/** From how much work on a way pays; amounts are steps per number, those that were measured. */
export type PaysFrom =
  /**
   * It wins at `from` and everywhere above; `below` is the nearest amount at which it was shown not to win, if any, `also`
   * those above that at which it won, with a doubt in between.
   */
  | { readonly kind: 'from'; readonly from: Steps; readonly below?: Steps; readonly also?: readonly Steps[] }
  /** Shown not to win at any amount. */
  | { readonly kind: 'never' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'missing'; readonly of: Missing };

/** The amounts of work that this lesson swept. */
export function sweptSteps({ parts }: Pick<Facts, 'parts'>): Steps[] {
  const points = parts.get('paying')?.analysis.header.cells.map(({ point }) => point.steps) ?? [];
  return steps.filter((step) => points.includes(step));
}

/** `amounts` ascend. */
export function paysFrom(
  { compared }: Pick<Facts, 'compared'>,
  way: Way,
  amounts: readonly Steps[],
): PaysFrom {
  const outcomes = amounts.map((step) => compared[`${way}${step}` satisfies QuestionName]);
  const missing = outcomes.find((one): one is Missing => one.kind === 'missing');
  if (missing !== undefined) return { kind: 'missing', of: missing };
  const first = outcomes.findLastIndex(({ kind }) => kind !== 'faster') + 1;
  if (first === outcomes.length) {
    const open = outcomes.some(({ kind }) => kind === 'undecided' || kind === 'faster');
    return { kind: open || outcomes.length === 0 ? 'undecided' : 'never' };
  }
  const below = outcomes.slice(0, first).findLastIndex(({ kind }) => kind === 'slower' || kind === 'same');
  const also = amounts.slice(below + 1, first).filter((_, i) => outcomes[below + 1 + i].kind === 'faster');
  return {
    kind: 'from',
    from: amounts[first],
    ...(below < 0 ? {} : { below: amounts[below] }),
    ...(also.length === 0 ? {} : { also }),
  };
}
