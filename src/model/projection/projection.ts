import { formulaNs, type Profile, type ProfileAccount, type Shape, workersFor } from '../../choose/choose.js';
import { checkReach, NoAdviceError } from '../reach.js';
import { keysPerShard, type Limit, limitsOf, type Size } from './limits.js';
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

/** One strategy over all shards, warm: one after another, on as many cores as it was measured on. */
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
  readonly basis: Projected['basis'];
  readonly readNs: number;
  readonly byCores: readonly { readonly cores: number; readonly computeNs: number; readonly ns: number }[];
}

/** The least that a number takes however many cores there are. */
export interface MemoryRoof {
  readonly nsPerNumber: number;
  /** A run that was named, the profile's bandwidth, or, where it has none, the fastest of its largest points. */
  readonly from: 'run' | 'profile' | 'points';
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
  /** Fastest first. */
  readonly strategies: readonly Projected[];
  readonly byReference?: ByReference;
  /** Numbers from which reading alone takes longer than an hour. */
  readonly hourOfReading: number;
  /** Sentences: how far the work lies outside of what was measured. */
  readonly caveats: readonly string[];
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
  const shardKeys = keysPerShard(size);
  if (shardKeys < 1)
    throw new NoAdviceError(
      'a single list and its answers take more than a quarter of the memory: cut the lists themselves first.',
    );
  const shards = Math.ceil(keys / shardKeys);
  const workers = workersFor(profile.host.usableCores, warm.known);
  const shape: Shape = {
    keys: keys / shards,
    elements: (keys * length) / shards,
    work: question.work,
    workers,
  };
  const caveats = checkReach(warm.known, shape, profile, ['work']);
  const roof = roofOf(profile, question);
  const whole = { profile, shape, shards, workers, cores: question.cores, roofNsPerNumber: roof.nsPerNumber };
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
    shards,
    shardKeys,
    strategies,
    ...(byReference === undefined ? {} : { byReference }),
    hourOfReading: (hourNs * storageBytesPerNs) / bytesPerNumber,
    caveats,
  };
}

/** Of a number 8 bytes are read, and 8 of its answer written. */
const passedBytes = 16;

function roofOf(profile: Profile, { roofNsPerNumber }: ProjectionQuestion): MemoryRoof {
  if (roofNsPerNumber !== undefined) return { nsPerNumber: roofNsPerNumber, from: 'run' };
  const measured = profile.bandwidth?.allCoresBytesPerNs;
  return measured === undefined
    ? { nsPerNumber: measuredRoof(profile), from: 'points' }
    : { nsPerNumber: passedBytes / measured, from: 'profile' };
}

/** Per number, of what was fastest on the largest data, where caches no longer help. */
function measuredRoof({ accounts, leastNsPerNumber }: Profile): number {
  const { known = [], strategies = [] } = accounts.resident ?? {};
  const largest = Math.max(0, ...known.map(({ elements }) => elements));
  const prices = strategies.flatMap(({ formula, deviations }) =>
    known.flatMap((shape, i) => {
      const deviation = deviations.length === 0 ? 0 : deviations[i];
      if (deviation === null || shape.elements < largest) return [];
      return [(formulaNs(formula, shape) * Math.exp(deviation)) / shape.elements];
    }),
  );
  return prices.length === 0 ? leastNsPerNumber : Math.min(...prices);
}

interface Whole {
  readonly profile: Profile;
  /** Of one shard. */
  readonly shape: Shape;
  readonly shards: number;
  readonly workers: number;
  readonly cores: readonly number[];
  readonly roofNsPerNumber: number;
}

function over(
  { profile, shape, shards }: Whole,
  account: ProfileAccount,
  strategy: string,
): number | undefined {
  const ns = farNs(profile, account, strategy, shape);
  return ns === undefined ? undefined : Math.max(ns, profile.leastNsPerNumber * shape.elements) * shards;
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
    byCores: whole.cores.map((cores) => {
      if (!parallel) return { cores, lowNs: ns, highNs: ns };
      // Processor time beyond the time itself was spent beside the main thread: workers pack and unpack, too.
      const shared = Math.min(ns, Math.max(computing ?? 0, (cpuNs ?? ns) - ns));
      const best = ns - shared + Math.max((shared * workers) / cores, Math.min(shared, roofNs(whole)));
      const fewer = ns * Math.max(1, workers / cores);
      return { cores, lowNs: Math.min(best, fewer), highNs: fewer };
    }),
  };
}

/** The fastest that memory lets all numbers be gone over, however many cores there are. */
function roofNs({ roofNsPerNumber, shape, shards }: Whole): number {
  return roofNsPerNumber * shape.elements * shards;
}

function byReferenceOf(whole: Whole, { storageBytesPerNs }: ProjectionQuestion): ByReference | undefined {
  const { profile, shape, shards } = whole;
  const single = (profile.accounts.resident?.strategies ?? [])
    .filter(({ parallel }) => !parallel)
    .flatMap(({ strategy, basis }) => {
      const ns = over(whole, 'resident', strategy);
      return ns === undefined ? [] : [{ strategy, basis, ns }];
    })
    .sort((a, b) => a.ns - b.ns)[0];
  if (single === undefined) return undefined;
  const readNs = (bytesPerNumber * shape.elements * shards) / storageBytesPerNs;
  const byCores = whole.cores.map((cores) => {
    const computeNs = Math.max(single.ns / cores, Math.min(single.ns, roofNs(whole)));
    return { cores, computeNs, ns: Math.max(readNs, computeNs) };
  });
  return { strategy: single.strategy, basis: single.basis, readNs, byCores };
}
