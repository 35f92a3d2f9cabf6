/* What a profile holds, and whether something that was read is one. Imports nothing from outside of this folder, as `choose` does. */

import { checkSense, isAmong, nonsense, profileAccounts } from './check-profile.js';
import { checkBandwidth, checkKernels, type KernelCosts, type MemoryBandwidth } from './costs.js';

export type * from './costs.js';

export const profileFormat = 'breakeven-profile';
/** 1: first version. */
export const profileVersion = 1;

export type ProfileAccount = 'one-shot' | 'warm' | 'resident';

/** What a formula is asked about. */
export interface Shape {
  readonly keys: number;
  /** Numbers in all lists together. */
  readonly elements: number;
  /** Value of the kernel's option that says how much work it does (steps, cost); 1 where it has none. */
  readonly work: number;
  readonly workers: number;
}

/** What one coefficient is multiplied with. `split` is a number of elements, of all lists together or of one. */
export type Term =
  | {
      readonly kind:
        | 'start'
        | 'key'
        | 'element'
        | 'list work'
        | 'element work'
        | 'worker'
        | 'shared element'
        | 'shared list work'
        | 'shared element work';
    }
  | { readonly kind: 'element below' | 'element beyond' | 'element of lists beyond'; readonly split: number };

export type Coefficient = Term & {
  /** Per unit of the term, ns; never negative. */
  readonly ns: number;
};

/** One strategy in one account. */
export interface StrategyProfile {
  readonly strategy: string;
  /** The plain loop that all others are held against. Absent in older profiles. */
  readonly baseline?: true;
  /** It packs lists before it computes on one thread. Absent in older profiles. */
  readonly packs?: true;
  /** Runs on threads or processes. */
  readonly parallel: boolean;
  /** 'interpolation': no formula fits, so that only the measured points nearby are trusted. */
  readonly basis: 'formula' | 'interpolation';
  readonly formula: readonly Coefficient[];
  /** log(measured ÷ formula) at each known point of the account, or null where it was not measured; empty where the formula is better alone. */
  readonly deviations: readonly (number | null)[];
  /** About 90 % of times lie between expected ÷ (1 + band) and expected × (1 + band). */
  readonly band: number;
  /** Processor time of all processes over time, at the largest measured point; absent where it is not known. */
  readonly cpuRatio?: number;
}

export interface AccountProfile {
  /** Where strategies were measured. */
  readonly known: readonly Shape[];
  readonly strategies: readonly StrategyProfile[];
}

export interface Profile {
  readonly format: typeof profileFormat;
  readonly version: typeof profileVersion;
  readonly tool: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly host: {
    readonly fingerprint: string;
    readonly cpu: string;
    readonly usableCores: number;
    readonly memoryBytes: number;
    readonly node: string;
    /** What a page of new memory cost that a program takes again, in ns. Absent in older profiles. */
    readonly pageNs?: number;
  };
  readonly from: 'lists' | 'columns';
  readonly kernel: { readonly id: string; readonly title: string };
  /** Name of the option that `work` is the value of; absent where no option was swept. */
  readonly workOption?: string;
  /** The fastest that a number was ever gone over here, in any account, ns: no answer may promise less. */
  readonly leastNsPerNumber: number;
  readonly accounts: Readonly<Partial<Record<ProfileAccount, AccountProfile>>>;
  /** What each kernel that ships takes for one list, by its id; only of a calibration that was measured by itself. */
  readonly kernels?: Readonly<Record<string, KernelCosts>>;
  /** Likewise; absent where the machine had no room for data beyond its caches. */
  readonly bandwidth?: MemoryBandwidth;
}

/** Throws a TypeError that says what is wrong: a profile is a file, which may be old, cut or edited. */
export function checkProfile(value: unknown): asserts value is Profile {
  const profile = value as Partial<Profile> | null;
  if (typeof profile !== 'object' || profile?.format !== profileFormat)
    throw new TypeError(
      `this is no profile: it does not say "${profileFormat}". \`breakeven calibrate\` writes one`,
    );
  if (profile.version !== profileVersion)
    throw new TypeError(
      `the profile says version ${typeof profile.version === 'number' ? profile.version : 'none'} of the model, and this is version ${profileVersion}: make it again with \`breakeven calibrate\``,
    );
  const { host, kernel } = profile;
  const texts = {
    createdAt: profile.createdAt,
    'host.fingerprint': host?.fingerprint,
    'host.cpu': host?.cpu,
  };
  for (const [name, text] of Object.entries({ ...texts, 'host.node': host?.node, 'kernel.id': kernel?.id }))
    if (typeof text !== 'string') throw nonsense(`the profile needs ${name}, a text`);
  if (profile.from !== 'lists' && profile.from !== 'columns')
    throw nonsense('the profile needs from, lists or columns');
  const numbers = { 'host.usableCores': host?.usableCores, 'host.memoryBytes': host?.memoryBytes };
  for (const [name, value] of Object.entries({ ...numbers, leastNsPerNumber: profile.leastNsPerNumber }))
    if (!above(0, value)) throw nonsense(`the profile needs ${name}, above 0`);
  const accounts = Object.entries(profile.accounts ?? {});
  if (accounts.length === 0) throw nonsense('the profile has no accounts');
  if (!accounts.every(([account]) => isAmong(profileAccounts, account)))
    throw nonsense(
      `the profile has an account that is none: its accounts may be ${profileAccounts.join(', ')}`,
    );
  for (const [account, found] of accounts) checkAccount(`the profile's ${account} account`, found);
  if (profile.kernels !== undefined) checkKernels("the profile's kernels", profile.kernels);
  if (profile.bandwidth !== undefined) checkBandwidth("the profile's bandwidth", profile.bandwidth);
  checkSense(profile as Profile);
}

function checkAccount(where: string, found: Partial<AccountProfile> | null): void {
  const { known, strategies } = found ?? {};
  if (
    !Array.isArray(known) ||
    known.length === 0 ||
    !known.every((shape: Partial<Shape> | null) =>
      ['keys', 'elements', 'work', 'workers'].every((name) => above(0, shape?.[name as keyof Shape])),
    )
  )
    throw nonsense(
      `${where}: it needs known points, and each known point needs keys, elements, work and workers above 0`,
    );
  if (
    !Array.isArray(strategies) ||
    strategies.length === 0 ||
    !strategies.every((one) => typeof one?.strategy === 'string')
  )
    throw nonsense(`${where} needs strategies, each with its name`);
  for (const one of strategies as StrategyProfile[]) {
    if (
      !Array.isArray(one.formula) ||
      !one.formula.every(isCoefficient) ||
      !one.formula.some(({ ns }) => ns > 0)
    )
      throw nonsense(
        `${where}, ${one.strategy}: the formula needs coefficients of known kinds that are not negative`,
      );
    const { deviations } = one;
    if (
      ![0, known.length].includes(deviations?.length) ||
      !deviations.every((each) => each === null || Number.isFinite(each))
    )
      throw nonsense(`${where}, ${one.strategy}: needs one deviation for each known point, or none`);
    if (!above(0, one.band)) throw nonsense(`${where}, ${one.strategy}: the band must be above 0`);
  }
}

const kinds: readonly string[] = [
  'start',
  'key',
  'element',
  'list work',
  'element work',
  'worker',
  'shared element',
  'shared list work',
  'shared element work',
] satisfies Term['kind'][];

function isCoefficient(value: Coefficient | null): boolean {
  if (!(typeof value?.ns === 'number' && value.ns >= 0 && value.ns < Number.POSITIVE_INFINITY)) return false;
  return (
    kinds.includes(value.kind) ||
    ('split' in value && /^element (below|beyond|of lists beyond)$/.test(value.kind) && above(0, value.split))
  );
}

function above(least: number, value: unknown): boolean {
  return typeof value === 'number' && value > least && value < Number.POSITIVE_INFINITY;
}
