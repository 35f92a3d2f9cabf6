import { grouped } from '../analysis/grouped.js';
import type { Account, Point } from '../contract/scenario.js';
import type { Compared, Comparison } from './types.js';

/** Where a slower side spends what it takes longer. */
export type ProfileReport =
  /** No cell is surely slower. */
  | { readonly kind: 'nothing slower' }
  | (ProfiledCell & { readonly kind: 'failed'; readonly side: 'base' | 'head'; readonly message: string })
  | (ProfiledCell & {
      readonly kind: 'profiled';
      /** Time of all functions per call, all threads together. */
      readonly base: SideProfile;
      readonly head: SideProfile;
      /** Those whose own time surely grew, the largest growth first. */
      readonly grown: readonly GrownFunction[];
      /** Their growth over that of all functions; absent where all together did not grow. */
      readonly explained?: number;
    });

export interface ProfiledCell {
  readonly scenario: string;
  readonly strategy: string;
  readonly point: Point;
  readonly account: Account;
}

export interface SideProfile {
  readonly calls: number;
  /** Per call. */
  readonly ns: number;
}

export interface GrownFunction {
  readonly name: string;
  /** From the top of the repository; `node:…` of Node itself; empty for what is no file's. */
  readonly file: string;
  /** On head, from 1; 0 where there is none. */
  readonly line: number;
  /** Of its own, per call; all threads together. */
  readonly baseNs: number;
  readonly headNs: number;
  readonly grownNs: number;
}

/** A function's own time on one side, per call. */
export interface FunctionTime {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly ns: number;
  /** How often it was seen, in all calls. */
  readonly samples: number;
}

/** The cell that is surely slower by most, and whose data starts in Node, where its profiler can look. */
export function findWorstCell({ rows, scenarios }: Comparison): ProfiledCell | undefined {
  const cells = rows.flatMap((row) => {
    const { scenario, strategy, account, point, quantity } = row;
    if (quantity !== 'time' || account === undefined || point === undefined) return [];
    const header = scenarios
      .find(({ id }) => id === scenario)
      ?.strategies.find(({ label }) => label === strategy);
    if (header?.home === 'program') return [];
    return [{ row, cell: { scenario, strategy, account, point } }];
  });
  const slower = cells.filter(({ row }) => isSlower(row));
  // A strategy may be surely slower over all of its points, and at none of them alone.
  const whole = rows.filter((row) => row.quantity === 'time' && row.point === undefined && isSlower(row));
  const ofThose = cells.filter(({ cell }) =>
    whole.some(
      ({ scenario, strategy, account }) =>
        scenario === cell.scenario && strategy === cell.strategy && account === cell.account,
    ),
  );
  const [worst] = (slower.length > 0 ? slower : ofThose).toSorted((a, b) => leastOf(b.row) - leastOf(a.row));
  return worst?.cell;
}

function isSlower({ red, label }: Compared): boolean {
  return red || label === 'slower';
}

/** How much slower it is at least. */
function leastOf({ ratio }: Compared): number {
  return ratio.interval?.low ?? ratio.value;
}

/** More functions than these nobody reads. */
const most = 8;
/** A growth is told from luck by so many standard errors. */
const sure = 3;
/** Less than this share of the whole growth is nobody's reason. */
const leastShare = 0.05;

/**
 * Functions whose own time grew. They are the same one where file and name are: lines move. How often one is seen in the same
 * time follows a Poisson distribution, whose variance is its mean.
 */
export function findGrownFunctions(
  base: readonly FunctionTime[],
  head: readonly FunctionTime[],
): { readonly grown: GrownFunction[]; readonly explained?: number } {
  const [before, after] = [base, head].map(byFunction);
  const growth = sumTimes(head) - sumTimes(base);
  const grown = [...after].flatMap(([key, now]): GrownFunction[] => {
    const then = before.get(key);
    const grownNs = now.ns - (then?.ns ?? 0);
    const error = Math.hypot(errorOf(now), then === undefined ? 0 : errorOf(then));
    if (!(grownNs > sure * error) || grownNs < leastShare * growth) return [];
    const { name, file, line } = now;
    return [{ name, file, line, baseNs: then?.ns ?? 0, headNs: now.ns, grownNs }];
  });
  const shown = grown.toSorted((a, b) => b.grownNs - a.grownNs).slice(0, most);
  const explained = shown.reduce((sum, { grownNs }) => sum + grownNs, 0) / growth;
  return { grown: shown, ...(growth > 0 ? { explained: Math.min(1, explained) } : {}) };
}

/** Several of one name in one file are one; its line is that of the most expensive. */
function byFunction(times: readonly FunctionTime[]): Map<string, FunctionTime> {
  const groups = grouped(times, ({ file, name }) => JSON.stringify([file, name]));
  return new Map(
    [...groups].map(([key, group]) => {
      const [longest] = group.toSorted((a, b) => b.ns - a.ns);
      return [
        key,
        { ...longest, ns: sumTimes(group), samples: group.reduce((sum, { samples }) => sum + samples, 0) },
      ];
    }),
  );
}

/** Time of all functions together, ns. */
export function sumTimes(times: readonly FunctionTime[]): number {
  return times.reduce((sum, { ns }) => sum + ns, 0);
}

function errorOf({ ns, samples }: FunctionTime): number {
  return samples === 0 ? 0 : ns / Math.sqrt(samples);
}
