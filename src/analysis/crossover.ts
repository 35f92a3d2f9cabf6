import type { Account } from '../contract/scenario.js';
import type { StrategyHeader } from '../results/format.js';
import { crossing } from './crossing.js';
import { isBaseline, parallel, singleThread } from './group.js';
import type { Line } from './line.js';
import { type Judged, judgeLine, regionsOf, type Sides, shapeOf } from './region.js';
import type { Entry, Table } from './table.js';
import { thresholdOf } from './threshold.js';
import type { CrossoverAnalysis, CrossoverQuestion, StrategyCrossover } from './types.js';

interface Question {
  readonly question: CrossoverQuestion;
  readonly sides: Sides;
}

/**
 * Does vectorising pay, and does parallelism pay on top? Concurrent strategies challenge for-loop only where the
 * kernel waits: on CPU work they run the same loop, and a tie of theirs with for-loop would hide that the
 * vectorized ones are slower there (the concurrency facts show that tie).
 */
function questionsOf(table: Table): Question[] {
  const waits = table.header.scenario.kernel.kind === 'wait';
  const challenges = (strategy: StrategyHeader) =>
    singleThread(strategy) && !isBaseline(strategy) && (waits || strategy.family !== 'concurrent');
  return [
    {
      question: 'single-thread against for-loop',
      sides: {
        challengers: (entries) => entries.filter(({ strategy }) => challenges(strategy)),
        incumbents: (entries) => entries.filter(({ strategy }) => isBaseline(strategy)),
      },
    },
    {
      question: 'parallel against best single-thread',
      sides: {
        challengers: (entries) => entries.filter(({ strategy }) => parallel(strategy)),
        incumbents: (entries) => entries.filter(({ strategy }) => singleThread(strategy)),
      },
    },
  ];
}

/** One question along one line, judged, with the brackets that a crossover lies in. */
export interface JudgedLine {
  readonly question: CrossoverQuestion;
  readonly account: Account;
  readonly line: Line;
  readonly points: readonly Judged[];
  readonly brackets: readonly (readonly Judged[])[];
}

/** Both questions along each line of an account, where both sides take part. */
export function judgedLines(table: Table, account: Account, lines: readonly Line[]): JudgedLine[] {
  return questionsOf(table).flatMap(({ question, sides }) =>
    lines.flatMap((line) => {
      const points = judgeLine(table, account, line, sides);
      return points === undefined ? [] : [{ question, account, line, points, brackets: bordersOf(points) }];
    }),
  );
}

export function crossoversOf(table: Table, account: Account, lines: readonly Line[]): CrossoverAnalysis[] {
  return judgedLines(table, account, lines).map((judged) => answered(judged, table));
}

/** Of two pools the tables of winners show well enough where the other one stands. */
const leastForEach = 3;

/**
 * Where there are several parallel strategies: the second question asked of each by itself. Together they only say from
 * where on one of them pays.
 */
export function crossoversOfEach(
  table: Table,
  account: Account,
  lines: readonly Line[],
): StrategyCrossover[] {
  const challengers = table.header.strategies.filter(parallel);
  if (challengers.length < leastForEach) return [];
  return challengers.flatMap(({ label }) => {
    const sides = {
      challengers: (entries: readonly Entry[]) => entries.filter(({ strategy }) => strategy.label === label),
      incumbents: (entries: readonly Entry[]) => entries.filter(({ strategy }) => singleThread(strategy)),
    };
    return lines.flatMap((line) => {
      const points = judgeLine(table, account, line, sides);
      if (points === undefined) return [];
      const judged = { question: 'parallel against best single-thread', account, line, points } as const;
      return [{ strategy: label, ...answered({ ...judged, brackets: bordersOf(points) }, table) }];
    });
  });
}

function answered(
  { question, account, line, points, brackets }: JudgedLine,
  { resampler }: Table,
): CrossoverAnalysis {
  const regions = regionsOf(points);
  const crossovers = brackets.map((bracket) => crossing(bracket, points, resampler));
  const shape = shapeOf(regions, crossovers.length);
  const threshold = crossovers.length > 0 || shape === 'several' ? thresholdOf(points) : undefined;
  return {
    question,
    account,
    axis: line.axis,
    fixed: line.fixed,
    regions,
    crossovers,
    shape,
    ...(threshold === undefined ? {} : { threshold }),
  };
}

/** From each point that one side leads to the next such point, where the leader changes. Ties and doubts lie inside. */
function bordersOf(points: readonly Judged[]): Judged[][] {
  const brackets: Judged[][] = [];
  let last = -1;
  points.forEach(({ leader }, i) => {
    if (leader !== 'challenger' && leader !== 'incumbent') return;
    if (last >= 0 && points[last].leader !== leader) brackets.push(points.slice(last, i + 1));
    last = i;
  });
  return brackets;
}
