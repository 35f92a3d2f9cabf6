import type { Profile, Question } from '../choose/choose.js';
import { type Change, changesOf } from './changes.js';
import {
  canShare,
  doubtBetween,
  type Expected,
  expectations,
  knownOf,
  shapeOf,
  workersHere,
} from './expectations.js';
import { checkReach, type Reach } from './reach.js';

/** What was assumed for a piece of advice or a projection. */
export type Caveat =
  /** The question lies outside of what was measured. */
  | ({ readonly kind: 'outside' } & Reach)
  /** So many cores were asked for, and others measured. */
  | { readonly kind: 'other cores'; readonly asked: number; readonly measured: number }
  /** Fewer keys than workers were not measured, and pools are left out. */
  | { readonly kind: 'no pools' };

export interface Advice {
  readonly question: Question;
  readonly chosen: Expected;
  /** Those that may be faster than the chosen, as far as anybody knows. */
  readonly close: readonly Expected[];
  readonly runnerUp?: Expected;
  /** for-loop's expected time over the chosen one's, and what both may be wrong by; absent where the loop is chosen or unknown. */
  readonly gain?: { readonly value: number; readonly low: number; readonly high: number };
  readonly changes: readonly Change[];
  /** The pool that would take least on cores that were not measured, if its parallel share scaled perfectly. */
  readonly atBest?: { readonly strategy: string; readonly lowNs: number; readonly highNs: number };
  readonly caveats: readonly Caveat[];
}

/**
 * The choice for one dictionary, with what it rests on: the least expected time, as `choose` has it. `cores` other than the
 * measured ones are answered by the pessimistic bound: more cores help nothing, fewer take their share away; and no pool is
 * named there unless it is clearly faster than a single thread all the same.
 * Throws a NoAdviceError for what lies too far from anything measured, and as `choose` does.
 */
export function advise(profile: Profile, question: Question, cores?: number): Advice {
  const known = knownOf(profile, question);
  const outside = checkReach(known, shapeOf(question), profile);
  const choiceAt = (asked: Question) => {
    const expected = expectations(profile, asked, cores);
    return { expected, chosen: chosenOf(expected, isMeasured(profile, question, cores)) };
  };
  const { expected, chosen } = choiceAt(question);
  const loop = expected.find(({ baseline }) => baseline);
  const others = expected.filter((one) => one !== chosen);
  // Where a single core is all there is, a pool is its own kernel with messages around it, whatever its band says.
  const canGain = cores === undefined || cores >= 2;
  const close = others.filter(
    (one) => one.ns <= chosen.ns * doubtBetween(one, chosen) && (canGain || !one.parallel),
  );
  const workers = workersHere(profile, known, cores);
  // Fewer cores than were measured promise nothing.
  const atBest = cores !== undefined && cores > workers ? fastestAtBest(expected) : undefined;
  return {
    question,
    chosen,
    close,
    ...(others.length === 0 ? {} : { runnerUp: others[0] }),
    ...(loop === undefined || loop === chosen ? {} : { gain: gainOf(loop, chosen) }),
    changes: changesOf(profile, question, choiceAt),
    ...(atBest === undefined ? {} : { atBest }),
    caveats: [
      ...outside.map((reach) => ({ kind: 'outside', ...reach }) as const),
      ...coresCaveat(profile, question, cores),
      ...(canShare(known, question.keys, workers) ? [] : [{ kind: 'no pools' } as const]),
    ],
  };
}

/** On a guess about cores a pool has to beat the best single thread by more than both may be wrong by. */
function chosenOf(expected: readonly Expected[], coresMeasured: boolean): Expected {
  const [first] = expected;
  const single = expected.find(({ parallel }) => !parallel);
  if (coresMeasured || !first.parallel || single === undefined) return first;
  return single.ns > first.ns * doubtBetween(single, first) ? first : single;
}

function gainOf(loop: Expected, chosen: Expected): Advice['gain'] {
  const value = loop.ns / chosen.ns;
  const factor = doubtBetween(loop, chosen);
  return { value, low: value / factor, high: value * factor };
}

function fastestAtBest(expected: readonly Expected[]): Advice['atBest'] {
  const [best] = expected
    .flatMap(({ strategy, ns, atBestNs }) =>
      atBestNs === undefined ? [] : [{ strategy, lowNs: atBestNs, highNs: ns }],
    )
    .sort((a, b) => a.lowNs - b.lowNs);
  return best;
}

function isMeasured(profile: Profile, question: Question, cores: number | undefined): boolean {
  return cores === undefined || cores === workersHere(profile, knownOf(profile, question), cores);
}

function coresCaveat(profile: Profile, question: Question, cores: number | undefined): Caveat[] {
  if (cores === undefined || isMeasured(profile, question, cores)) return [];
  const measured = workersHere(profile, knownOf(profile, question), cores);
  return [{ kind: 'other cores', asked: cores, measured }];
}
