import { median } from '../../src/analysis/round-logs.js';
import type { HostRecord } from '../../src/results/format.js';
import { clopperPearson, type Range } from './binomial.js';
import { byRound } from './by-round.js';
import { compare, type Rounds, type Verdict } from './comparison.js';
import { type Block, blocksOf } from './draw-blocks.js';
import type { Condition, Draw } from './pool.js';
import { slowerName } from './record.js';
import { comparisons, defaultRounds, extraWork } from './settings.js';

/** So many of so many comparisons, with the exact 95 % interval of their share. */
export interface Share {
  readonly found: number;
  readonly of: number;
  readonly share: number;
  readonly interval: Range;
}

export interface SameFigures {
  /** Comparisons of one cell each: the tool's label names a winner between A and A. */
  readonly falseWinners: Share;
  /** The same over disjoint blocks alone: independent, as the interval assumes. */
  readonly falseWinnersDisjoint: Share;
  /** The 95 % interval of the ratio leaves out 1. */
  readonly falseDifferences: Share;
  /** All cells as one map, corrected over it: any winner at all. */
  readonly falseMaps: Share;
  readonly called: { readonly same: number; readonly undecided: number };
  /** Median half-width of the ratio's interval: 0.02 is 2 %. */
  readonly smallestDifference: number;
}

export interface SlowerFigures {
  readonly more: number;
  /** The label names the faster one. */
  readonly found: Share;
  readonly differs: Share;
  /** The label names the slower one. */
  readonly wrong: number;
  readonly disjoint: number;
  /** Geometric mean ratio of all draws: what the strategy really took longer. */
  readonly seen: number;
}

export interface ConditionFigures {
  readonly condition: Condition;
  readonly rounds: number;
  readonly others?: number;
  readonly same: SameFigures;
  readonly slower: readonly SlowerFigures[];
}

/** All figures of one condition; undefined where the pool has not rounds enough for one comparison. */
export function figuresOf(
  host: HostRecord,
  all: readonly Draw[],
  condition: Condition,
): ConditionFigures | undefined {
  const draws = all.filter((draw) => draw.condition === condition);
  const { cellsMs, rounds, whole } = byRound(draws);
  const context = { host, rounds, cellsMs };
  const same = whole(['a', 'b']);
  if (same.length < defaultRounds) return undefined;
  const shares = draws.flatMap(({ machine }) => machine.othersShare ?? []);
  return {
    condition,
    rounds: same.length,
    ...(shares.length === 0 ? {} : { others: median(shares) }),
    same: sameFigures(context, same),
    slower: extraWork.flatMap((more) => slowerFigures(context, more, whole(['a', slowerName(more)]))),
  };
}

interface Context {
  readonly host: HostRecord;
  readonly rounds: Rounds;
  readonly cellsMs: readonly number[];
}

function sameFigures(context: Context, rounds: readonly number[]): SameFigures {
  const single = singles(context, ['a', 'b'], rounds);
  const maps = blocksOf(rounds, defaultRounds, comparisons, 2).map(({ rounds: drawn }) =>
    compare(context.host, context.rounds, { cellsMs: context.cellsMs, names: ['a', 'b'], drawn }),
  );
  const won = ({ verdict }: Single) => verdict.winner !== undefined;
  return {
    falseWinners: share(single, won),
    falseWinnersDisjoint: share(
      single.filter(({ block }) => block.disjoint),
      won,
    ),
    falseDifferences: share(single, ({ verdict }) => verdict.differs),
    falseMaps: share(maps, (verdicts) => verdicts.some(({ winner }) => winner !== undefined)),
    called: {
      same: single.filter(({ verdict }) => verdict.same).length,
      undecided: single.filter((one) => !won(one) && !one.verdict.same).length,
    },
    smallestDifference: median(single.map(({ verdict }) => verdict.half)),
  };
}

function slowerFigures(context: Context, more: number, rounds: readonly number[]): SlowerFigures[] {
  const name = slowerName(more);
  const single = singles(context, ['a', name], rounds);
  if (single.length === 0) return [];
  const ratios = context.cellsMs.flatMap((ms) =>
    rounds.map((round) => {
      const [slow, fast] = [name, 'a'].map((who) => logOf(context.rounds(ms, who).get(round)));
      return slow - fast;
    }),
  );
  return [
    {
      more,
      found: share(single, ({ verdict }) => verdict.winner === 'a'),
      differs: share(single, ({ verdict }) => verdict.differs),
      wrong: single.filter(({ verdict }) => verdict.winner === name).length,
      disjoint: single.filter(({ block }) => block.disjoint).length,
      seen: Math.exp(median(ratios)) - 1,
    },
  ];
}

interface Single {
  readonly block: Block;
  readonly verdict: Verdict;
}

/** One cell per comparison, the cells in turn. */
function singles(context: Context, names: readonly [string, string], rounds: readonly number[]): Single[] {
  const { host, cellsMs } = context;
  const each = Math.ceil(comparisons / cellsMs.length);
  return cellsMs
    .flatMap((ms, i) =>
      blocksOf(rounds, defaultRounds, each, 10 + i).flatMap((block) =>
        compare(host, context.rounds, { cellsMs: [ms], names, drawn: block.rounds }).map((verdict) => ({
          block,
          verdict,
        })),
      ),
    )
    .slice(0, comparisons);
}

function share<T>(all: readonly T[], found: (one: T) => boolean): Share {
  const count = all.filter(found).length;
  return {
    found: count,
    of: all.length,
    share: all.length === 0 ? 0 : count / all.length,
    interval: clopperPearson(count, all.length),
  };
}

function logOf(draw: Draw | undefined): number {
  const outcome = draw?.outcome;
  return outcome?.status === 'measured' && outcome.warm !== undefined
    ? median(outcome.warm.samplesNs.map((ns) => Math.log(ns)))
    : Number.NaN;
}
