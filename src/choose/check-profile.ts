/* Whether what a profile holds can be true: it has all of its fields by now. Cheap, since every `choose` of a new profile asks. */

import { formulaNs } from './formula.js';
import type { AccountProfile, Profile, ProfileAccount, StrategyProfile } from './profile.js';

/** A sentence on a profile, with what to do about it. */
export function nonsense(sentence: string): TypeError {
  return new TypeError(`${sentence}; calibrate again`);
}

export const profileAccounts: readonly string[] = ['one-shot', 'warm', 'resident'] satisfies ProfileAccount[];

const bases: readonly string[] = ['formula', 'interpolation'] satisfies StrategyProfile['basis'][];

export function isAmong(some: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && some.includes(value);
}

/** Far more than any fit leaves, errors beyond a factor of e³ (20) being counted as that. */
const widestBand = 100;
/** A factor of a million between formula and measurement, as its logarithm. */
const largestDeviation = Math.log(1e6);
/** Eleven days, ns. */
const longestNs = 1e15;
/** A formula may be off at its fastest point; what was measured there is not in the profile. */
const least = 3;

/** Throws a TypeError that names the field. */
export function checkSense(profile: Profile): void {
  checkTexts(profile);
  if (!(profile.createdAt.length >= 20 && Date.parse(profile.createdAt) > 0))
    throw nonsense('the profile needs createdAt, a date and time');
  const fastest = Object.entries(profile.accounts).map(([account, found]) =>
    checkAccount(`the profile's ${account} account`, found, profile),
  );
  if (profile.leastNsPerNumber > least * Math.min(...fastest))
    throw nonsense(
      'leastNsPerNumber is more than a number takes by the formulas of the profile, and it is the least',
    );
}

/** They are printed, and a terminal obeys control characters. */
function checkTexts({ tool, host, kernel, workOption = '', accounts }: Profile): void {
  const texts = {
    tool,
    'host.fingerprint': host.fingerprint,
    'host.cpu': host.cpu,
    'host.node': host.node,
    'kernel.id': kernel.id,
    'kernel.title': kernel.title,
    workOption,
  };
  const names = Object.values(accounts).flatMap(({ strategies }) =>
    strategies.map(({ strategy }) => ['the name of a strategy', strategy] as const),
  );
  for (const [field, text] of [...Object.entries(texts), ...names])
    if (typeof text !== 'string' || /\p{Cc}/u.test(text))
      throw nonsense(`the profile needs ${field}, a text without control characters`);
}

/** Returns the least that a number takes by what is told of its known points, ns. */
function checkAccount(
  where: string,
  { known, strategies }: AccountProfile,
  { host }: Pick<Profile, 'host'>,
): number {
  let fastest = Number.POSITIVE_INFINITY;
  const names = new Set<string>();
  for (const one of strategies) {
    const wrong = (sentence: string) => nonsense(`${where}, ${one.strategy}: ${sentence}`);
    if (names.has(one.strategy)) throw wrong('the strategy is there twice');
    names.add(one.strategy);
    if (!isAmong(bases, one.basis)) throw wrong('basis must be formula or interpolation');
    if (typeof one.parallel !== 'boolean') throw wrong('parallel must be true or false');
    if (one.band > widestBand) throw wrong(`the band must be at most ${widestBand}`);
    if (one.deviations.some((each) => each !== null && Math.abs(each) > largestDeviation))
      throw wrong('deviations must be logarithms of factors up to a million');
    if (one.cpuRatio !== undefined && !isRatio(one.cpuRatio, host.usableCores))
      throw wrong('cpuRatio must be a number from 0 to what the cores can do');
    for (const [i, shape] of known.entries()) {
      const deviation = one.deviations.length === 0 ? 0 : one.deviations[i];
      // Null: it was not measured there.
      if (deviation === null) continue;
      const ns = formulaNs(one.formula, shape) * Math.exp(deviation);
      if (!(ns > 0 && ns < longestNs)) throw wrong('the formula tells no time that could have been measured');
      fastest = Math.min(fastest, ns / shape.elements);
    }
  }
  return fastest;
}

/** Short calls are read from a coarse clock, which may find more than there is. */
function isRatio(value: unknown, cores: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= 100 * Math.max(1, cores);
}
