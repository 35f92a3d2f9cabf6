import { type Profile, type ProfileAccount, rank, type Shape, workersFor } from '../../choose/choose.js';
import { packsLists, traitsOfOlder } from '../../results/older-traits.js';
import type { Caveat } from '../advice.js';
import { coreBounds } from '../core-bounds.js';
import { checkReach, NoAdviceError, plain } from '../reach.js';
import { passedBytes } from '../scaling/roof.js';
import { cutFor, type Limit, limitsOf, mostOffsets, type Size } from './limits.js';
import { farNs } from './price.js';

export interface ProjectionQuestion {
  readonly keys: number;
  readonly length: number;
  readonly work: number;
  /** Bytes that the dictionary takes in memory, in the profile's form. */
  readonly bytes: number;
  readonly memoryBytes: number;
  readonly cores: readonly number[];
  /** What the data is read from. */
  readonly storageBytesPerNs: number;
  /** From the memory bandwidth of a run, before the profile's own. */
  readonly roofNsPerNumber?: number;
}

/** One strategy over all pieces, warm: one after another, on as many cores as it was measured on. */
export interface Projected {
  readonly strategy: string;
  readonly parallel: boolean;
  readonly basis: 'formula' | 'interpolation';
  readonly ns: number;
  /**
   * Part of `ns` besides computing in place: fresh memory, packing, sending, on the main thread and on workers. Absent
   * where it is not known.
   */
  readonly movingNs?: number;
  /** Processor time of all processes; absent where it is not known. */
  readonly cpuNs?: number;
  /** Between the pessimistic bound (more cores help nothing) and perfect scaling of the shared part under the roof. */
  readonly byCores: readonly { readonly cores: number; readonly lowNs: number; readonly highNs: number }[];
}

/** Every process reads its own shards: messages hold ids, and no number is sent. */
export interface ByReference {
  /** Fastest where its data lies in place. */
  readonly strategy: string;
  /** It computes on packed numbers though the data starts as lists. */
  readonly packs: boolean;
  readonly basis: Projected['basis'];
  readonly readNs: number;
  readonly byCores: readonly { readonly cores: number; readonly computeNs: number; readonly ns: number }[];
}

/** The least that memory lets a number take, however many cores there are. */
export interface MemoryRoof {
  readonly nsPerNumber: number;
  /** A run that was named, or the profile's bandwidth; `unknown`, and 0, where it has none. */
  readonly from: 'run' | 'profile' | 'unknown';
}

export interface Projection {
  readonly question: ProjectionQuestion;
  /** Of the numbers alone, as they would lie in a file. */
  readonly fileBytes: number;
  readonly measured: { readonly elements: number; readonly workers: number };
  readonly limits: readonly Limit[];
  readonly roof: MemoryRoof;
  readonly shards: number;
  readonly shardKeys: number;
  /** Processes whose shards memory holds at once. */
  readonly atOnce: number;
  /** Fastest first. */
  readonly strategies: readonly Projected[];
  readonly byReference?: ByReference;
  /** Numbers from which reading alone takes longer than an hour. */
  readonly hourOfReading: number;
  /** How far the work lies outside of what was measured. */
  readonly caveats: readonly Caveat[];
}

const hourNs = 3_600e9;
const bytesPerNumber = 8;

/**
 * Throws a NoAdviceError where the profile has no warm account, a single list does not fit into memory, or the work lies
 * too far outside of what was measured: sizes are projected, work is not.
 */
export function project(profile: Profile, question: ProjectionQuestion): Projection {
  const { keys, length, memoryBytes, bytes, storageBytesPerNs } = question;
  const warm = profile.accounts.warm;
  if (warm === undefined)
    throw new NoAdviceError(
      'the profile knows nothing of the warm account: calibrate from a run that has it.',
    );
  const size: Size = { keys, length, bytes, memoryBytes, from: profile.from };
  const { shardKeys, atOnce } = cutFor(Math.max(1, ...question.cores), size);
  // Prices are those of as much as one process can hold: what many hold together is past all caches, too.
  const pieces = Math.ceil(keys / cutFor(1, size).shardKeys);
  if (profile.from === 'columns' && length > mostOffsets)
    throw new NoAdviceError(
      `a list of ${plain(length)} numbers is longer than packed columns can hold (${plain(mostOffsets)}): cut the lists themselves first.`,
    );
  if (shardKeys < 1)
    throw new NoAdviceError(
      'a single list and its answers take more than a quarter of the memory: cut the lists themselves first.',
    );
  const workers = workersFor(profile.host.usableCores, warm.known);
  const shape: Shape = {
    keys: keys / pieces,
    elements: (keys * length) / pieces,
    work: question.work,
    workers,
  };
  checkSizes(warm.known, keys * length);
  const reaches = checkReach(warm.known, shape, profile, ['work']);
  const roof = roofOf(profile, question);
  const { cores } = question;
  const whole = { profile, shape, pieces, workers, atOnce, cores, roofNsPerNumber: roof.nsPerNumber };
  const strategies = warm.strategies
    .flatMap(({ strategy }) => projectedOf(whole, strategy) ?? [])
    .sort((a, b) => a.ns - b.ns);
  const byReference = byReferenceOf(whole, question);
  return {
    question,
    fileBytes: bytesPerNumber * keys * length,
    measured: { elements: Math.max(...warm.known.map(({ elements }) => elements)), workers },
    limits: limitsOf(size),
    roof,
    shards: Math.ceil(keys / shardKeys),
    shardKeys,
    atOnce,
    strategies,
    ...(byReference === undefined ? {} : { byReference }),
    hourOfReading: (hourNs * storageBytesPerNs) / bytesPerNumber,
    caveats: reaches.map((reach) => ({ kind: 'outside', ...reach }) as const),
  };
}

function roofOf(profile: Profile, { roofNsPerNumber }: ProjectionQuestion): MemoryRoof {
  if (roofNsPerNumber !== undefined) return { nsPerNumber: roofNsPerNumber, from: 'run' };
  const measured = profile.bandwidth?.allCoresBytesPerNs;
  return measured === undefined
    ? { nsPerNumber: 0, from: 'unknown' }
    : { nsPerNumber: passedBytes / measured, from: 'profile' };
}

interface Whole {
  readonly profile: Profile;
  /** Of one piece, as large as one process can hold. */
  readonly shape: Shape;
  readonly pieces: number;
  readonly workers: number;
  readonly atOnce: number;
  readonly cores: readonly number[];
  readonly roofNsPerNumber: number;
}

/** Prices are drawn out to larger sizes, along what several of them showed. */
function checkSizes(known: readonly Shape[], elements: number): void {
  const sizes = new Set(known.map((shape) => shape.elements));
  if (sizes.size < 2)
    throw new NoAdviceError(
      'one size was measured alone, so that nobody can tell what a larger one costs: calibrate from a run over several sizes.',
    );
  const least = Math.min(...sizes);
  if (elements < 0.9 * least)
    throw new NoAdviceError(
      `${plain(elements)} numbers are less than what was measured (${plain(least)} at least): a projection is for more. Ask \`breakeven advise\`, or measure it.`,
    );
}

/** Within what was measured a time is told as it is for `choose`, beyond by drawing prices out. */
function over(
  { profile, shape, pieces, workers }: Whole,
  account: ProfileAccount,
  strategy: string,
): number | undefined {
  const found = profile.accounts[account];
  const { keys, elements, work } = shape;
  const within = found?.known.some((one) => one.elements >= elements) ?? false;
  const ranked = within ? rank(profile, { account, keys, length: elements / keys, work, workers }) : [];
  const ns =
    ranked.find((one) => one.profile.strategy === strategy)?.expectedNs ??
    farNs(profile, account, strategy, shape);
  return ns === undefined ? undefined : Math.max(ns, profile.leastNsPerNumber * shape.elements) * pieces;
}

function projectedOf(whole: Whole, strategy: string): Projected | undefined {
  const { profile, workers } = whole;
  const found = profile.accounts.warm?.strategies.find((one) => one.strategy === strategy);
  const ns = over(whole, 'warm', strategy);
  if (found === undefined || ns === undefined) return undefined;
  const resident = over(whole, 'resident', strategy);
  const computing = resident === undefined ? undefined : Math.min(ns, resident);
  const { parallel, basis, cpuRatio } = found;
  const cpuNs = cpuRatio === undefined ? undefined : cpuRatio * ns;
  return {
    strategy,
    parallel,
    basis,
    ns,
    ...(computing === undefined ? {} : { movingNs: ns - computing }),
    ...(cpuNs === undefined ? {} : { cpuNs }),
    byCores: whole.cores.map((cores) => ({
      cores,
      ...coreBounds({ parallel, ns, computingNs: computing, cpuNs, workers, roofNs: roofNs(whole) }, cores),
    })),
  };
}

/** The fastest that memory lets all numbers be gone over, however many cores there are. */
function roofNs({ roofNsPerNumber, shape, pieces }: Whole): number {
  return roofNsPerNumber * shape.elements * pieces;
}

function byReferenceOf(whole: Whole, { storageBytesPerNs }: ProjectionQuestion): ByReference | undefined {
  const { profile, shape, pieces } = whole;
  const single = (profile.accounts.resident?.strategies ?? [])
    .filter(({ parallel }) => !parallel)
    .flatMap(({ strategy, packs, basis }) => {
      const ns = over(whole, 'resident', strategy);
      return ns === undefined
        ? []
        : [{ strategy, packs: packs ?? packsLists(traitsOfOlder(strategy)), basis, ns }];
    })
    .sort((a, b) => a.ns - b.ns)[0];
  if (single === undefined) return undefined;
  const readNs = (bytesPerNumber * shape.elements * pieces) / storageBytesPerNs;
  const byCores = whole.cores.map((cores) => {
    // A process without a shard in memory has nothing to do.
    const computeNs = Math.max(single.ns / Math.min(cores, whole.atOnce), Math.min(single.ns, roofNs(whole)));
    return { cores, computeNs, ns: Math.max(readNs, computeNs) };
  });
  const { strategy, packs, basis } = single;
  return { strategy, packs, basis, readNs, byCores };
}
