import { median, samplesOf } from '../../analysis/round-logs.js';
import type { Profile, ProfileAccount, StrategyProfile } from '../../choose/choose.js';
import type { RunState } from '../../measure/measure.js';
import { listed } from '../../report/plain-text.js';
import { note } from '../terminal-lines.js';

/** What is so much slower per key, and per further key, will not win with more of them. */
const hopeless = 4;

/** Strategies that may still win with more keys, by what was measured so far; those that have no figure yet among them, and the loop, which all are compared with. */
export function contenders(
  { header, records }: Pick<RunState, 'header' | 'records'>,
  account: ProfileAccount,
  loop: string,
): (strategy: string) => boolean {
  // Shorter lists are another question.
  const longest = Math.max(...header.cells.map(({ point }) => Number(point.length ?? 0)));
  const figures = new Map<string, { keys: number; ns: number }[]>();
  for (const { cell, outcome } of records) {
    const found = header.cells.find(({ id }) => id === cell);
    const samples = outcome.status === 'measured' ? samplesOf(outcome, account) : undefined;
    if (found === undefined || samples === undefined || Number(found.point.length ?? 0) < longest) continue;
    const known = figures.get(found.strategy) ?? [];
    figures.set(found.strategy, [...known, { keys: found.keys, ns: median(samples) }]);
  }
  const prices = new Map([...figures].map(([strategy, points]) => [strategy, leastPerKey(points)]));
  const best = Math.min(...prices.values());
  return (strategy) => strategy === loop || (prices.get(strategy) ?? 0) <= hopeless * best;
}

/** What a key took at the largest point, or what keys beyond the smallest took: the start of a pool is no price of a key. */
function leastPerKey(points: readonly { keys: number; ns: number }[]): number {
  const sorted = [...points].sort((a, b) => a.keys - b.keys);
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const further =
    most.keys > least.keys ? (most.ns - least.ns) / (most.keys - least.keys) : Number.POSITIVE_INFINITY;
  return Math.min(most.ns / most.keys, Math.max(0, further));
}

/**
 * Those whose prices can be drawn out to more keys: a single point is all start or all price, nobody knows which, and
 * what was far behind was measured at two points only.
 */
export function drawable(profile: Profile, contends: (strategy: string) => boolean): Profile {
  const slow = new Set<string>();
  const accounts = Object.entries(profile.accounts).map(([account, { known, strategies: all }]) => {
    const counts = ({ deviations }: StrategyProfile) =>
      new Set(
        known.filter((_, i) => deviations.length === 0 || deviations[i] !== null).map(({ keys }) => keys),
      );
    for (const { strategy } of all) if (!contends(strategy)) slow.add(strategy);
    return [
      account,
      { known, strategies: all.filter((one) => contends(one.strategy) && counts(one).size > 1) },
    ];
  });
  if (slow.size > 0)
    note(
      `Out of the running, more than ${hopeless} times slower where they were measured: ${listed([...slow])}.`,
    );
  return { ...profile, accounts: Object.fromEntries(accounts) };
}
