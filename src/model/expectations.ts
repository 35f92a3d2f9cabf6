import {
  type Profile,
  type Question,
  rank,
  type Shape,
  type StrategyProfile,
  workersFor,
} from '../choose/choose.js';
import { traitsOfOlder } from '../results/older-traits.js';
import { coreBounds } from './core-bounds.js';
import { reachesOf } from './reach.js';
import { passedBytes } from './scaling/roof.js';

/** An expected time, and where nine of ten measurements of it would lie. */
export interface Expected {
  readonly strategy: string;
  /** The plain loop that all others are held against. */
  readonly baseline: boolean;
  readonly ns: number;
  readonly lowNs: number;
  readonly highNs: number;
  /** Within what was measured: what lies beyond is uncertain for all strategies alike, and says nothing between them. */
  readonly band: number;
  readonly parallel: boolean;
  /** `measured`: at this very point. */
  readonly basis: 'formula' | 'interpolation' | 'measured';
  /** On cores that were not measured `ns` is the pessimistic bound; this is the other one: perfect scaling is assumed. */
  readonly atBestNs?: number;
}

/** Each strategy's time, fastest first; beyond what was measured never less than it takes to go over the numbers at all. */
export function expectations(profile: Profile, question: Question, cores?: number): Expected[] {
  const known = knownOf(profile, question);
  const workers = question.workers ?? workersHere(profile, known, cores);
  const reach = Math.max(1, ...reachesOf(known, shapeOf(question)).map(({ factor }) => factor));
  const roofNs = roofOf(profile, question);
  const leastNs = reach > 1 ? question.keys * question.length * profile.leastNsPerNumber : 0;
  const computingNs = residentOf(profile, question, workers);
  return rank(profile, { ...question, workers })
    .filter((one) => !one.profile.parallel || canShare(known, question.keys, workers))
    .map(({ profile: found, expectedNs }): Expected => {
      const { strategy, parallel, cpuRatio } = found;
      const here = wasMeasured(found, known, { ...question, workers });
      const basis = here && found.basis === 'interpolation' ? 'measured' : found.basis;
      const band = basis === 'measured' ? Math.min(measuredBand, found.band) : found.band;
      const bounds = coreBounds(
        {
          parallel,
          ns: expectedNs,
          computingNs: computingNs.get(strategy),
          cpuNs: cpuRatio === undefined ? undefined : cpuRatio * expectedNs,
          workers,
          roofNs,
        },
        cores ?? workers,
      );
      const ns = Math.max(leastNs, bounds.highNs);
      const factor = (1 + band) * reach ** widening;
      return {
        strategy,
        baseline: found.baseline ?? traitsOfOlder(strategy).baseline ?? false,
        parallel,
        basis,
        band,
        ns,
        lowNs: Math.max(leastNs, ns / factor),
        highNs: ns * factor,
        ...(bounds.lowNs < 0.99 * bounds.highNs ? { atBestNs: Math.max(leastNs, bounds.lowNs) } : {}),
      };
    })
    .sort((a, b) => a.ns - b.ns);
}

/** What memory lets all numbers be gone over in, where no cache holds them; else, or where nobody measured it, the least that a number ever took. */
function roofOf({ bandwidth, leastNsPerNumber }: Profile, { keys, length }: Question): number {
  const numbers = keys * length;
  if (bandwidth === undefined || passedBytes * numbers < bandwidth.bytes) return numbers * leastNsPerNumber;
  return (numbers * passedBytes) / bandwidth.allCoresBytesPerNs;
}

/**
 * Nobody looked there: twice as wide ten times outside of what was measured, eight times as wide a thousand times outside. So
 * bands that were told from the small cells of runs held nine of ten of the large ones (`model-check -- far`).
 */
const widening = 0.3;

/** One list may be too much to share: with fewer lists than workers a pool is told only if so few were measured. */
export function canShare(known: readonly Shape[], keys: number, workers: number): boolean {
  return keys >= workers || known.some((shape) => shape.keys <= keys);
}

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

/** What each strategy computes in place: the part of its time that more workers could share. */
function residentOf(profile: Profile, question: Question, workers: number): Map<string, number> {
  if (profile.accounts.resident === undefined) return new Map();
  const ranked = rank(profile, { ...question, workers, account: 'resident' });
  return new Map(ranked.map((one) => [one.profile.strategy, one.expectedNs]));
}

/** The factor between two times within which nobody can say who is faster: both may be off, and not both the same way. */
export function doubtBetween(a: Expected, b: Expected): number {
  return Math.exp(Math.hypot(Math.log1p(a.band), Math.log1p(b.band)));
}

export function knownOf({ accounts }: Profile, { account = 'warm' }: Question): readonly Shape[] {
  return accounts[account]?.known ?? [];
}

/** The measured count of workers that stands for so many cores, of which a machine has no more than it has. */
export function workersHere({ host }: Profile, known: readonly Shape[], cores = host.usableCores): number {
  return workersFor(Math.min(cores, host.usableCores), known);
}

export function shapeOf({ keys, length, work = 1, workers = 1 }: Question): Shape {
  return { keys, elements: keys * length, work, workers };
}
