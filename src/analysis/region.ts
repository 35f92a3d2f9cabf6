import type { Account } from '../contract/scenario.js';
import { type Contest, contest, winnerOf } from './contest.js';
import { alpha, holm, paidLevel } from './holm.js';
import type { Line } from './line.js';
import { competing, rivalsOf } from './rivalry.js';
import type { Entry, Table } from './table.js';
import type { CrossoverAnalysis, Region, RegionWinner } from './types.js';

/** Who stands against whom, at any point of a line. */
export interface Sides {
  challengers(entries: readonly Entry[]): Entry[];
  incumbents(entries: readonly Entry[]): Entry[];
}

/** One point of a line, judged. */
export interface Judged {
  readonly value: number;
  /** Faster by more than the tie margin: what a region says. */
  readonly winner: RegionWinner;
  /** Faster at all: what a crossover lies between. A crossing needs no margin, and close rivals would hide it. */
  readonly leader: RegionWinner;
  readonly challengers: readonly Entry[];
  readonly incumbents: readonly Entry[];
  readonly contest?: Contest;
}

/**
 * The answer at each point; undefined where one side takes part nowhere on the line. Winners are corrected over the
 * points by Holm's method: one false winner among ten points would make two crossovers that do not exist.
 */
export function judgeLine(table: Table, account: Account, line: Line, sides: Sides): Judged[] | undefined {
  const { margin } = table.header;
  const asked = line.points.map((point, i) => {
    const entries = competing(table.at(account, point));
    const [challengers, incumbents] = [sides.challengers(entries), sides.incumbents(entries)];
    const found = contest(challengers, incumbents, margin);
    return { value: line.values[i], challengers, incumbents, contest: found };
  });
  if (
    !asked.some(
      ({ challengers, incumbents }) => rivalsOf(challengers).length * rivalsOf(incumbents).length > 0,
    )
  ) {
    return undefined;
  }
  const level = paidLevel(alpha, table.header);
  const adjusted = holm(asked.map((one) => one.contest?.p ?? 1));
  const beyond = holm(asked.map((one) => one.contest?.pBeyond ?? 1));
  return asked.map((one, i) => ({
    ...one,
    winner: winnerOf(one.contest, beyond[i], level),
    leader: winnerOf(one.contest, adjusted[i], level),
  }));
}

/** Neighbouring points with the same answer, merged. */
export function regionsOf(points: readonly Judged[]): Region[] {
  const regions: Region[] = [];
  for (const { value, winner, contest: asked } of points) {
    const last = regions.at(-1);
    const challengers = asked?.challenger === undefined ? [] : [asked.challenger];
    const incumbents = asked?.incumbent === undefined ? [] : [asked.incumbent];
    if (last?.winner !== winner) {
      regions.push({ winner, from: value, to: value, challengers, incumbents });
      continue;
    }
    regions[regions.length - 1] = {
      ...last,
      to: value,
      challengers: [...new Set([...last.challengers, ...challengers])],
      incumbents: [...new Set([...last.incumbents, ...incumbents])],
    };
  }
  return regions;
}

/**
 * The name of a region list, for the challenger: 'never' where it is slower or the same everywhere (and slower
 * somewhere), 'several' where there is more than one region and neither doubt nor a single crossover explains it.
 */
export function shapeOf(regions: readonly Region[], crossovers: number): CrossoverAnalysis['shape'] {
  if (crossovers === 1) return 'one crossover';
  if (crossovers > 1) return 'several';
  const winners = new Set(regions.map(({ winner }) => winner));
  if (winners.has('undecided')) return 'undecided';
  if (!winners.has('challenger')) return winners.has('incumbent') ? 'never' : 'same';
  return winners.size === 1 ? 'always' : 'several';
}
