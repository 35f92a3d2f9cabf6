import {
  type Profile,
  type Question,
  rank,
  type Shape,
  type StrategyProfile,
  workersFor,
} from '../choose/choose.js';
import { checkReach, plain, rangeOf, reachesOf, valueOn } from './reach.js';

/** An expected time, and where nine of ten measurements of it would lie. */
export interface Expected {
  readonly strategy: string;
  readonly ns: number;
  readonly lowNs: number;
  readonly highNs: number;
  /** Within what was measured: what lies beyond is uncertain for all strategies alike, and says nothing between them. */
  readonly band: number;
  readonly parallel: boolean;
  /** `measured`: at this very point. */
  readonly basis: 'formula' | 'interpolation' | 'measured';
}

/** From a value of an axis on, in its direction, another strategy would be chosen. */
export interface Change {
  readonly axis: 'keys' | 'length' | 'work';
  readonly direction: 'above' | 'below';
  readonly value: number;
  readonly strategy: string;
}

export interface Advice {
  readonly question: Question;
  readonly chosen: Expected;
  /** Those whose band holds the expected time of the chosen: as good, as far as anybody knows. */
  readonly close: readonly Expected[];
  readonly runnerUp?: Expected;
  /** for-loop's expected time over the chosen one's, with both bands; absent where the loop is chosen or unknown. */
  readonly gain?: { readonly value: number; readonly low: number; readonly high: number };
  readonly changes: readonly Change[];
  /** Sentences: what was assumed, and how far the question lies outside of what was measured. */
  readonly caveats: readonly string[];
}

/**
 * The choice for one dictionary, with what it rests on: the fastest, or the for-loop where that is the same. `cores` other than the measured ones are answered by the
 * pessimistic bound: more cores help nothing, fewer take their share away; so no pool is named on a guess.
 * Throws a NoAdviceError for what lies too far from anything measured, and as `choose` does.
 */
export function advise(profile: Profile, question: Question, cores?: number): Advice {
  const known = knownOf(profile, question);
  const outside = checkReach(known, shapeOf(question));
  const expected = expectations(profile, question, cores);
  const loop = expected.find(({ strategy }) => strategy === 'for-loop');
  const chosen = loop !== undefined && loop.ns <= (1 + margin) * expected[0].ns ? loop : expected[0];
  const others = expected.filter((one) => one !== chosen);
  // Where a single core is all there is, a pool is its own kernel with messages around it, whatever its band says.
  const canGain = cores === undefined || cores >= 2;
  const close = others.filter(
    ({ ns, band, parallel }) => ns / (1 + band) <= chosen.ns && (canGain || !parallel),
  );
  return {
    question,
    chosen,
    close,
    ...(others.length === 0 ? {} : { runnerUp: others[0] }),
    ...(loop === undefined || loop === chosen ? {} : { gain: gainOf(loop, chosen) }),
    changes: changesOf(profile, question, cores, new Set([chosen, ...close].map(({ strategy }) => strategy))),
    caveats: [
      ...outside.map((sentence) => `${sentence}, with a wider band`),
      ...coresCaveat(profile, known, cores),
    ],
  };
}

/** Each strategy's time, fastest first; never less than it takes to go over the numbers at all. */
export function expectations(profile: Profile, question: Question, cores?: number): Expected[] {
  const known = knownOf(profile, question);
  const measured = workersHere(profile, known, cores);
  const reach = Math.max(1, ...reachesOf(known, shapeOf(question)).map(({ factor }) => factor));
  const leastNs = question.keys * question.length * profile.leastNsPerNumber;
  return rank(profile, { ...question, workers: measured })
    .map(({ profile: found, expectedNs }) => {
      const { strategy, parallel } = found;
      const here = wasMeasured(found, known, { ...question, workers: measured });
      const basis: Expected['basis'] = here && found.basis === 'interpolation' ? 'measured' : found.basis;
      const band = basis === 'measured' ? Math.min(measuredBand, found.band) : found.band;
      const ns = Math.max(leastNs, expectedNs * (parallel ? Math.max(1, measured / (cores ?? measured)) : 1));
      const factor = (1 + band) ** (1 + wideningPerFactorE * Math.log(reach));
      return {
        strategy,
        parallel,
        basis,
        band,
        ns,
        lowNs: Math.max(leastNs, ns / factor),
        highNs: ns * factor,
      };
    })
    .sort((a, b) => a.ns - b.ns);
}

/** What is no faster than this is the same, and the plain loop needs no reason. */
const margin = 0.05;

/** Nobody looked there: each factor e outside of what was measured takes the band once more, and a third (`model-check -- far`). */
const wideningPerFactorE = 1.3;

/** What was measured at this point is told by that, and differs from it as one run from the next. */
const measuredBand = 0.25;
/** Points are the same within so much of each of their axes. */
const samePlace = 0.02;

function wasMeasured({ deviations }: StrategyProfile, known: readonly Shape[], question: Question): boolean {
  const asked = shapeOf(question);
  return known.some(
    (shape, i) =>
      typeof deviations[i] === 'number' &&
      (['keys', 'elements', 'work', 'workers'] as const).every(
        (name) => Math.abs(Math.log(shape[name] / asked[name])) < samePlace,
      ),
  );
}

/** With both bands, as within what was measured: what lies beyond is uncertain for both alike. */
function gainOf(loop: Expected, chosen: Expected): Advice['gain'] {
  const value = loop.ns / chosen.ns;
  const factor = (1 + loop.band) * (1 + chosen.band);
  return { value, low: value / factor, high: value * factor };
}

function knownOf({ accounts }: Profile, { account = 'warm' }: Question): readonly Shape[] {
  return accounts[account]?.known ?? [];
}

/** The measured count of workers that stands for so many cores, of which a machine has no more than it has. */
function workersHere({ host }: Profile, known: readonly Shape[], cores = host.usableCores): number {
  return workersFor(Math.min(cores, host.usableCores), known);
}

function shapeOf({ keys, length, work = 1, workers = 1 }: Question): Shape {
  return { keys, elements: keys * length, work, workers };
}

function coresCaveat(profile: Profile, known: readonly Shape[], cores: number | undefined): string[] {
  const measured = workersHere(profile, known, cores);
  if (cores === undefined || cores === measured) return [];
  return [
    `--cores ${plain(cores)} was not measured, ${plain(measured)} were: ` +
      (cores > measured
        ? 'pools are told as slow as on the measured ones, their gain from more is not assumed'
        : 'pools are told slower by the cores that are missing'),
  ];
}

const axes: readonly Change['axis'][] = ['keys', 'length', 'work'];

/**
 * Along each axis, up and down within the measured range, the first value at which another strategy is chosen: one that
 * is not as good already.
 */
function changesOf(
  profile: Profile,
  question: Question,
  cores: number | undefined,
  good: ReadonlySet<string>,
): Change[] {
  const known = knownOf(profile, question);
  return axes.flatMap((axis) => {
    const asked = valueOn(axis, shapeOf(question));
    const { low, high } = rangeOf(known, axis);
    return [
      { direction: 'above' as const, end: high },
      { direction: 'below' as const, end: low },
    ].flatMap(({ direction, end }): Change[] => {
      if (direction === 'above' ? end <= asked : end >= asked) return [];
      for (let step = 1; step <= steps; step++) {
        const value = (share: number) => asked * (end / asked) ** (share / steps);
        const [{ strategy }] = expectations(profile, { ...question, [axis]: value(step) }, cores);
        if (!good.has(strategy)) return [{ axis, direction, value: value(step - 0.5), strategy }];
      }
      return [];
    });
  });
}

/** From the question to the end of the measured range, in equal factors. */
const steps = 60;
