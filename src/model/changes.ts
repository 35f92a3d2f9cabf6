import type { Profile, Question } from '../choose/choose.js';
import { doubtBetween, type Expected, knownOf, shapeOf } from './expectations.js';
import { rangeOf, valueOn } from './reach.js';

/** From a value of an axis on, in its direction, another strategy would be chosen. */
export interface Change {
  readonly axis: 'keys' | 'length' | 'work';
  readonly direction: 'above' | 'below';
  readonly value: number;
  readonly strategy: string;
}

const axes: readonly Change['axis'][] = ['keys', 'length', 'work'];

/** From the question to the end of the measured range, in equal factors. */
const steps = 60;

/**
 * Along each axis, up and down within the measured range, where the choice becomes another one that is clearly better
 * further on: two that take turns within what both may be wrong by are no change. `choiceAt` is what would be said there.
 */
export function changesOf(
  profile: Profile,
  question: Question,
  choiceAt: (question: Question) => { readonly chosen: Expected; readonly expected: readonly Expected[] },
): Change[] {
  const known = knownOf(profile, question);
  const { chosen } = choiceAt(question);
  return axes.flatMap((axis) => {
    const asked = valueOn(axis, shapeOf(question));
    const { low, high } = rangeOf(known, axis);
    return [
      { direction: 'above' as const, end: high },
      { direction: 'below' as const, end: low },
    ].flatMap(({ direction, end }): Change[] => {
      if (direction === 'above' ? end <= asked : end >= asked) return [];
      const value = (share: number) => asked * (end / asked) ** share;
      const at = (share: number) => choiceAt({ ...question, [axis]: value(share) });
      const found = firstChange(at, chosen.strategy);
      return found === undefined
        ? []
        : [{ axis, direction, value: value(found.share), strategy: found.strategy }];
    });
  });
}

type ChoiceAt = (share: number) => { readonly chosen: Expected; readonly expected: readonly Expected[] };

/** Of the way to the end, where the choice changes to the first that is clearly better than `before` before the next takes over. */
function firstChange(at: ChoiceAt, before: string): { share: number; strategy: string } | undefined {
  let since = { strategy: before, step: 0 };
  for (let step = 1; step <= steps; step++) {
    const { chosen, expected } = at(step / steps);
    if (chosen.strategy !== since.strategy) since = { strategy: chosen.strategy, step };
    if (chosen.strategy === before) continue;
    const old = expected.find(({ strategy }) => strategy === before);
    if (old === undefined || old.ns > chosen.ns * doubtBetween(old, chosen)) {
      const is = (share: number) => at(share).chosen.strategy === since.strategy;
      return { strategy: since.strategy, share: borderOf(is, (since.step - 1) / steps, since.step / steps) };
    }
  }
  return undefined;
}

/** Between a place where it is not and one where it is, to a thousandth of a step; the side where it is. */
function borderOf(is: (share: number) => boolean, low: number, high: number): number {
  let [not, yes] = [low, high];
  for (let i = 0; i < 10; i++) {
    const middle = (not + yes) / 2;
    if (is(middle)) yes = middle;
    else not = middle;
  }
  return yes;
}
