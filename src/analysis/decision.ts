import type { Account, Point } from '../contract/scenario.js';
import type { RunHeader, StrategyHeader } from '../results/format.js';
import { fullRounds, leastRounds } from './estimate.js';
import { isBaseline, parallel, singleThread } from './group.js';
import type {
  AccountAnalysis,
  CellAnalysis,
  Crossover,
  CrossoverAnalysis,
  Estimate,
  PointAnalysis,
} from './types.js';

/*
 * The decision of a run, as data: which group to take in which situation, first; then the member; then how sure that is.
 * Titles, first screens, pages and programs that read `verdict.json` take it from here, so that they cannot differ.
 */

/** How work is run, as its reader meets it. Each is an account of the results: one-shot, warm, resident. */
export type Situation = 'script' | 'server' | 'same data';

/** Who competes first. `same`: within the margin of each other, so that the simpler one thread will do. */
export type Group = 'one thread' | 'pool' | 'same';

/** How sure the group of a point is. */
export type Sureness =
  /** Named for the whole map with at most 5 of 100 maps wrong. */
  | { readonly kind: 'sure' }
  /** Nobody to compare with: one strategy alone was measured. */
  | { readonly kind: 'unopposed' }
  /** The named one may not be the best, but costs at most `loss` more than it (a share, 95 %). */
  | { readonly kind: 'close enough'; readonly loss: number }
  | { readonly kind: 'open'; readonly why: OpenReason };

/** `few rounds`: more of them would help. `tie`: they would not, the two are as fast. `noise`: the intervals are wide after a full run. */
export type OpenReason = 'few rounds' | 'tie' | 'noise';

/** A member of a group at a point, with what a call takes, ns. */
export interface Contender {
  readonly strategy: string;
  readonly time: Estimate;
}

export interface PointDecision {
  readonly point: Point;
  readonly keys: number;
  /** Numbers in all lists together. */
  readonly elements: number;
  /** Absent where it is open. */
  readonly group?: Group;
  /** The strategy to take: of the group, or where that is open the one that seems to be the fastest. */
  readonly use: string;
  /** The time of `use`. */
  readonly takes: Estimate;
  /** The strategy that ratios are held against. */
  readonly loop?: Contender;
  /** The best of its group; absent where none has a time. */
  readonly oneThread?: Contender;
  /** `gain`: time of the best single thread over this one's: above 1, the pool is faster. */
  readonly pool?: Contender & { readonly gain?: Estimate };
  readonly sure: Sureness;
}

/** Where one group hands over to the other along an axis, everything else held still. */
export interface Border {
  readonly axis: string;
  /** Values of the other axes. */
  readonly fixed: Point;
  /** Which group is the better one below it. */
  readonly below: 'one thread' | 'pool';
  /** The last measured point at which the group below is surely better, and the first at which the one above is. */
  readonly upTo?: Point;
  readonly from?: Point;
  readonly crossover: Crossover;
  /** The largest value of the axis on this line, and what the best pool gains there over the best single thread. */
  readonly largest: Point;
  readonly gain?: Estimate;
}

export interface SituationDecision {
  readonly situation: Situation;
  readonly account: Account;
  /**
   * The group at every point that is decided; `depends` where points differ, `open` where no point is decided.
   */
  readonly group: Group | 'depends' | 'open';
  /** Strategy to take at the largest point. */
  readonly use: string;
  /** Of the largest point. */
  readonly sure: Sureness;
  /** The point that the figures of a first screen are of: most numbers, among equals most work. */
  readonly largest: PointDecision;
  /** In the order of the run; points without any time are left out. */
  readonly points: readonly PointDecision[];
  readonly borders: readonly Border[];
}

export interface Decision {
  /** Those in which something was measured, in the order script, server, same data. */
  readonly situations: readonly SituationDecision[];
}

const situations: Readonly<Record<Account, Situation>> = {
  'one-shot': 'script',
  warm: 'server',
  resident: 'same data',
};

/** A loss that nobody would run another benchmark for: the bar at which a run stops, too. */
export const smallLoss = 0.05;

/** The decision, from what was found in each account. */
export function decide(header: RunHeader, accounts: readonly AccountAnalysis[]): Decision {
  const strategies = new Map(header.strategies.map((strategy) => [strategy.label, strategy]));
  return {
    situations: accounts.flatMap((account) => {
      const points = account.points.flatMap((point) => decidePoint(point, strategies, header.margin) ?? []);
      const largest = findLargest(points);
      if (largest === undefined) return [];
      return [
        {
          situation: situations[account.account],
          account: account.account,
          group: combineGroups(points),
          use: largest.use,
          sure: largest.sure,
          largest,
          points,
          borders: account.crossovers.flatMap((line) => bordersOf(line, points)),
        },
      ];
    }),
  };
}

type Strategies = ReadonlyMap<string, StrategyHeader>;

function decidePoint(
  { point, cells, best }: PointAnalysis,
  strategies: Strategies,
  margin: number,
): PointDecision | undefined {
  const measured = cells.flatMap((cell) => contenderOf(cell) ?? []);
  if (measured.length === 0) return undefined;
  const members = (test: (strategy: StrategyHeader) => boolean) =>
    measured.filter(({ strategy }) => test(strategyAt(strategies, strategy)));
  const [threads, pools] = [members(singleThread), members(parallel)];
  const loop = members(isBaseline)[0];
  const mayBeBest = new Set(best?.mayBeBest ?? measured.map(({ strategy }) => strategy));
  const oneThread = chooseMember(threads, mayBeBest, margin);
  const fastestPool = chooseMember(pools, mayBeBest, margin);
  const gain = cells.find(({ strategy }) => strategy === fastestPool?.strategy)?.speedUp;
  const named = groupOf(best?.side, oneThread, fastestPool);
  const use = pick({ group: named, oneThread, pool: fastestPool, gain });
  if (use === undefined) return undefined;
  const sure = judgeSureness({ best, group: named, oneThread, pool: fastestPool, gain, margin });
  // What costs next to nothing at worst can be acted on, whoever the best may be.
  const group = named ?? (sure.kind === 'close enough' ? sideOf(use, fastestPool) : undefined);
  return {
    point,
    keys: cells[0].keys,
    elements: cells[0].elements,
    ...(group === undefined ? {} : { group }),
    use: use.strategy,
    takes: use.time,
    ...(loop === undefined ? {} : { loop }),
    ...(oneThread === undefined ? {} : { oneThread }),
    ...(fastestPool === undefined
      ? {}
      : { pool: gain === undefined ? fastestPool : { ...fastestPool, gain } }),
    sure,
  };
}

function sideOf(use: Contender, pool: Contender | undefined): Group {
  return use === pool ? 'pool' : 'one thread';
}

function strategyAt(strategies: Strategies, label: string): StrategyHeader {
  const strategy = strategies.get(label);
  if (strategy === undefined) throw new Error(`a cell of a strategy that the run does not have: ${label}`);
  return strategy;
}

function contenderOf({ strategy, state }: CellAnalysis): Contender | undefined {
  return state.kind === 'measured' ? { strategy, time: state.time } : undefined;
}

/**
 * The first in the run's order among those that are within the margin of the fastest and may be the best, where any may:
 * the plain loop goes before the same loop behind a promise.
 */
function chooseMember(
  members: readonly Contender[],
  mayBeBest: ReadonlySet<string>,
  margin: number,
): Contender | undefined {
  if (members.length === 0) return undefined;
  const least = Math.min(...members.map(({ time }) => time.value));
  const near = members.filter(({ time }) => time.value <= least * (1 + margin));
  return near.find(({ strategy }) => mayBeBest.has(strategy)) ?? near[0];
}

function groupOf(
  side: Group | undefined,
  oneThread: Contender | undefined,
  pool: Contender | undefined,
): Group | undefined {
  if (side !== undefined) return side;
  if (pool === undefined) return 'one thread';
  return oneThread === undefined ? 'pool' : undefined;
}

/** Where the group is open: the one that seems to be faster, as the printed gain says it. */
function pick({
  group,
  oneThread,
  pool,
  gain,
}: Pick<Judging, 'group' | 'oneThread' | 'pool' | 'gain'>): Contender | undefined {
  if (group === 'pool') return pool;
  if (group !== undefined) return oneThread;
  if (oneThread === undefined || pool === undefined) return oneThread ?? pool;
  const isPool = gain === undefined ? pool.time.value < oneThread.time.value : gain.value > 1;
  return isPool ? pool : oneThread;
}

interface Judging {
  readonly best: PointAnalysis['best'];
  readonly group: Group | undefined;
  readonly oneThread: Contender | undefined;
  readonly pool: Contender | undefined;
  readonly gain: Estimate | undefined;
  readonly margin: number;
}

/** Where one group alone was measured the question is which of its members to take. */
function judgeSureness({ best, group, oneThread, pool, gain, margin }: Judging): Sureness {
  const isOpposed = oneThread !== undefined && pool !== undefined;
  if (!isOpposed && best === undefined) return { kind: 'unopposed' };
  if (isOpposed ? group !== undefined : best?.mayBeBest.length === 1) return { kind: 'sure' };
  if (best?.loss !== undefined && best.loss <= smallLoss) return { kind: 'close enough', loss: best.loss };
  const rounds = (gain ?? (oneThread ?? pool)?.time)?.rounds ?? 0;
  return { kind: 'open', why: whyOpen(gain?.value, rounds, margin) };
}

function whyOpen(gain: number | undefined, rounds: number, margin: number): OpenReason {
  if (rounds < leastRounds) return 'few rounds';
  if (gain !== undefined && Math.abs(Math.log(gain)) <= Math.log1p(margin)) return 'tie';
  return rounds < fullRounds ? 'few rounds' : 'noise';
}

function findLargest(points: readonly PointDecision[]): PointDecision | undefined {
  const effort = ({ loop, takes }: PointDecision) => (loop?.time ?? takes).value;
  return [...points].sort((a, b) => b.elements - a.elements || effort(b) - effort(a))[0];
}

function combineGroups(points: readonly PointDecision[]): SituationDecision['group'] {
  const groups = new Set(points.flatMap(({ group }) => group ?? []));
  // A tie stands on neither side.
  if (groups.size > 1) groups.delete('same');
  const [only] = groups;
  if (only === undefined) return 'open';
  return groups.size === 1 ? only : 'depends';
}

/** The borders of a line, and the decided points next to them. */
function bordersOf(
  { question, axis, fixed, crossovers }: CrossoverAnalysis,
  points: readonly PointDecision[],
): Border[] {
  if (question !== 'parallel against best single-thread') return [];
  const onLine = points
    .filter(({ point }) => Object.entries(fixed).every(([name, value]) => point[name] === value))
    .sort((a, b) => Number(a.point[axis]) - Number(b.point[axis]));
  const largest = onLine.at(-1);
  if (largest === undefined) return [];
  return crossovers.map((crossover) => {
    const [below, above] =
      crossover.below === 'challenger'
        ? (['pool', 'one thread'] as const)
        : (['one thread', 'pool'] as const);
    const upTo = onLine.findLast(
      ({ group, point }) => group === below && Number(point[axis]) <= crossover.at,
    );
    const from = onLine.find(({ group, point }) => group === above && Number(point[axis]) >= crossover.at);
    return {
      axis,
      fixed,
      below,
      ...(upTo === undefined ? {} : { upTo: upTo.point }),
      ...(from === undefined ? {} : { from: from.point }),
      crossover,
      largest: largest.point,
      ...(largest.pool?.gain === undefined ? {} : { gain: largest.pool.gain }),
    };
  });
}
