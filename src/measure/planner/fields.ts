import { parallel, singleThread } from '../../analysis/group.js';
import type { AccountAnalysis, PointAnalysis } from '../../analysis/types.js';
import type { StrategyHeader } from '../../results/format.js';
import { closestPair } from './closest-pair.js';
import { type Answers, fastestOf, looseCrossovers, type OpenQuestion, placeOf } from './open.js';
import { roundsToSettle, type Settled } from './rounds-to-settle.js';
import { costsLittle, parted } from './rules.js';

/**
 * What a user cannot act on yet: fields (a point in an account) whose side is not decided, or where taking the one that
 * seems to be the best may cost more than the margin; and crossovers whose interval is wide. Cheapest first.
 */
export function openFields({ accounts, header }: Answers): OpenQuestion[] {
  const questions = accounts.flatMap((account) => [
    ...account.points.flatMap((point) => openField(account, point, header)),
    ...account.crossovers.flatMap((line) => looseCrossovers(account, line)),
  ]);
  return questions.sort((a, b) => a.needs - b.needs);
}

function openField(
  account: AccountAnalysis,
  point: PointAnalysis,
  header: Answers['header'],
): OpenQuestion[] {
  if (point.best === undefined || isAnswered(point, header)) return [];
  const { side, named, mayBeBest } = point.best;
  const isOf = (group: (strategy: StrategyHeader) => boolean) => (label: string) =>
    header.strategies.some((strategy) => strategy.label === label && group(strategy));
  const took = point.cells.map(({ strategy }) => strategy);
  // Whoever may be the best of its side stands for it; else its fastest.
  const standing = (group: (label: string) => boolean) => {
    const may = mayBeBest.filter(group);
    return may.length > 0 ? may : fastestOf(point, took.filter(group)).map(({ strategy }) => strategy);
  };
  const [pools, loops] = [isOf(parallel), isOf(singleThread)].map((group) => standing(group));
  const asksSide = side === undefined && pools.length > 0 && loops.length > 0;
  const rivals = asksSide ? [...pools, ...loops] : [...new Set([named, ...mayBeBest])];
  const open = account.points.filter(({ best }) => best !== undefined && best.side === undefined).length;
  const settled = asksSide ? parted(header, open) : costsLittle(header, took.length - 1);
  const pair = asksSide ? [pools, loops].flatMap((group) => fastestOf(point, group)) : timesOf(point, rivals);
  return question(account, point, { rivals, pair, settled });
}

/** By side, where there are two, and at a loss that nobody minds. */
function isAnswered({ best, cells }: PointAnalysis, { margin, strategies }: Answers['header']): boolean {
  if (best === undefined) return true;
  const took = strategies.filter(({ label }) => cells.some(({ strategy }) => strategy === label));
  const hasSides = took.some(parallel) && took.some(singleThread);
  return (best.side !== undefined || !hasSides) && best.loss !== undefined && best.loss <= margin;
}

interface Asked {
  readonly rivals: readonly string[];
  readonly pair: ReturnType<typeof timesOf>;
  readonly settled: Settled;
}

function question(
  { account, points }: AccountAnalysis,
  point: PointAnalysis,
  { rivals, pair, settled }: Asked,
): OpenQuestion[] {
  const times = timesOf(point, rivals);
  if (times.length < 2) return [];
  const rounds = Math.min(...times.map(({ time }) => time.rounds));
  const known = closestPair(pair, points);
  return [
    {
      key: `${account} point ${JSON.stringify(point.point)}`,
      name: `${account}, ${placeOf(point.point)}: ${rivals.join(' or ')}`,
      cells: times.map(({ cell }) => cell),
      rounds,
      needs: known === undefined ? rounds + 1 : roundsToSettle(known, settled),
    },
  ];
}

function timesOf({ cells }: PointAnalysis, labels: readonly string[]) {
  return cells.flatMap(({ strategy, cell, state }) =>
    state.kind === 'measured' && labels.includes(strategy) ? [{ strategy, cell, time: state.time }] : [],
  );
}
