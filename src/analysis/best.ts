import type { RunHeader } from '../results/format.js';
import { contest } from './contest.js';
import { leastRounds } from './estimate.js';
import { parallel, singleThread } from './group.js';
import { holm, type Looking, mapAlpha, paidLevel } from './holm.js';
import { levelOf, limitsOf, ratioLevel } from './level.js';
import { competing, fastest, measuredOf, pBeats, rivalsOf } from './rivalry.js';
import { cautious } from './settling.js';
import type { Entry } from './table.js';
import type { BestAnswer } from './types.js';

/** One-sided chance of error of each point's set and loss: 95 % for both together with everything that is compared there. */
export const lossError = 0.05;

/**
 * What a user can act on at each point of a map, also where no single winner can be named: the side, the strategies that
 * may be the best, and what taking the one that seems to be it can cost at most (multiple comparisons with the best:
 * Hsu, "Constrained simultaneous confidence intervals for multiple comparisons with the best", Annals of Statistics 12,
 * 1984; here by Bonferroni over paired differences, whose variances differ). Sides are named for a whole map as winners
 * are: a false one in fewer than 5 of 100 maps. Undefined where fewer than two took part.
 */
export function bestOf(
  map: readonly (readonly Entry[])[],
  { margin, ...header }: Pick<RunHeader, 'margin'> & Looking,
): (BestAnswer | undefined)[] {
  const rivals = map.map(competing).map(rivalsOf);
  const sides = rivals.map((entries) =>
    contest(
      entries.filter(({ strategy }) => parallel(strategy)),
      entries.filter(({ strategy }) => singleThread(strategy)),
      margin,
    ),
  );
  const [level, error] = [paidLevel(mapAlpha, header), paidLevel(lossError, header)];
  const adjusted = holm(sides.map((asked) => asked?.p ?? 1));
  return rivals.map((entries, i) => {
    const named = fastest(entries);
    if (named === undefined || entries.length < 2) return undefined;
    const side = sideOf(sides[i], adjusted[i] < level);
    const candidates = entries.filter((entry) => mayBeBest(entry, entries, error));
    return {
      ...(side === undefined ? {} : { side }),
      named: named.strategy.label,
      mayBeBest: candidates.map(({ strategy }) => strategy.label),
      ...lossOf(named, candidates, error / (entries.length - 1)),
    };
  });
}

function sideOf(asked: ReturnType<typeof contest>, isDecided: boolean): BestAnswer['side'] {
  if (asked?.same) return 'same';
  if (asked === undefined || !isDecided) return undefined;
  return asked.favours === 'challenger' ? 'pool' : 'one thread';
}

/** Nobody is surely faster. */
function mayBeBest(entry: Entry, entries: readonly Entry[], error: number): boolean {
  const others = measuredOf(entries).filter((other) => other !== entry);
  // Both ends of a two-sided p; only one of them is asked for.
  return !others.some((other) => (pBeats(cautious(other), entry) / 2) * (entries.length - 1) < error);
}

/**
 * What it takes longer than the true best at most, who is one of the candidates: whoever is surely slower, and may have had
 * but two rounds, is none. Absent where a candidate has too few rounds to say. `tail`: one-sided, of each comparison.
 */
function lossOf(named: Entry, candidates: readonly Entry[], tail: number): Pick<BestAnswer, 'loss'> {
  if (levelOf(named).rounds < leastRounds) return {};
  const others = measuredOf(candidates).filter((other) => other !== named);
  const judged = cautious(named);
  const ratios = others.map((other) => ratioLevel(judged, other));
  if (ratios.some(({ rounds, error: own }) => rounds < leastRounds || !(own >= 0))) return {};
  const most = ratios.map((ratio) => limitsOf(ratio, tail).high);
  return { loss: Math.expm1(Math.max(0, ...most)) };
}
