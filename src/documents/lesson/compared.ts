import { contest, winnerOf } from '../../analysis/contest.js';
import { grouped } from '../../analysis/grouped.js';
import { holm } from '../../analysis/holm.js';
import type { CellState, Estimate } from '../../analysis/types.js';
import type { Account } from '../../contract/scenario.js';
import { entryAt, type PartId, type Parts, type Place } from './part.js';

/** Is the one faster than the other? Both belong to one part: what is compared was measured round by round. */
export interface Question {
  readonly account: Account;
  readonly one: Place;
  readonly other: Place;
}

/** What the run answers. `ratio`: the other's time over the one's, above 1 where the one is faster; `inverse`: the other way. */
export type Compared =
  | {
      readonly kind: 'faster' | 'slower' | 'same' | 'undecided';
      readonly ratio: Estimate;
      readonly inverse: Estimate;
    }
  | Missing;

/** One of the two has no time, or both have none in the same round. */
export interface Missing {
  readonly kind: 'missing';
  readonly part: PartId;
  readonly account: Account;
  /** Labels of those that it concerns; where the run has none, the name that was asked for. */
  readonly strategies: readonly string[];
  /** Their cells in the results of the part; none where it has no such cell. */
  readonly cells: readonly string[];
  readonly because: MissingReason;
}

export type MissingReason =
  /** The run ended before it. */
  | { readonly kind: 'not reached' }
  | { readonly kind: 'no common round' }
  /** `needs`: what is not installed. The lesson says so once. */
  | { readonly kind: 'not installed'; readonly needs: string; readonly reason: string }
  | { readonly kind: 'not applicable' | 'bound' | 'failed'; readonly reason: string };

/**
 * Answers the questions of a lesson. Winners are corrected by Holm's method over all that are asked of the same part, as
 * those of a run's map are. `same` is an equivalence test of its own and is not corrected.
 */
export function compareAll<Name extends string>(
  parts: Parts,
  questions: Readonly<Record<Name, Question>>,
): Record<Name, Compared> {
  const names = Object.keys(questions) as Name[];
  const byPart = grouped(names, (name) => questions[name].one.part);
  const answers = [...byPart.values()].flatMap((group) => {
    const asked = group.map((name) => contestOf(parts, questions[name]));
    // A question that this part did not measure was not asked.
    const measured = asked.flatMap((one) => (one?.ratio === undefined ? [] : [one]));
    const corrected = holm(measured.map(({ p }) => p));
    const adjusted = new Map<Asked, number>(measured.map((one, i) => [one, corrected[i]]));
    return group.map((name, i) => {
      const p = adjusted.get(asked[i]) ?? 1;
      return [name, answerOf(parts, questions[name], asked[i], p)] as const;
    });
  });
  return Object.fromEntries(answers) as Record<Name, Compared>;
}

type Asked = ReturnType<typeof contest>;

function contestOf(parts: Parts, { account, one, other }: Question): Asked {
  const table = parts.get(one.part)?.table;
  const [ours, theirs] = [one, other].map((place) => entryAt(parts, place, account));
  if (table === undefined || ours === undefined || theirs === undefined) return undefined;
  return contest([ours], [theirs], table.header.margin);
}

function answerOf(parts: Parts, question: Question, asked: Asked, adjustedP: number): Compared {
  if (asked?.ratio === undefined) return missing(parts, question);
  const winner = winnerOf(asked, adjustedP);
  const kind = winner === 'challenger' ? 'faster' : winner === 'incumbent' ? 'slower' : winner;
  return { kind, ratio: asked.ratio, inverse: inverse(asked.ratio) };
}

function missing(parts: Parts, { account, one, other }: Question): Missing {
  const { part } = one;
  const sides = [one, other].map((place) => ({ place, entry: entryAt(parts, place, account) }));
  const without = sides.find(({ entry }) => entry?.state.kind !== 'measured');
  const concerned = without === undefined ? sides : [without];
  return {
    kind: 'missing',
    part,
    account,
    strategies: [...new Set(concerned.map(({ place, entry }) => entry?.strategy.label ?? place.strategy))],
    cells: concerned.flatMap(({ entry }) => (entry === undefined ? [] : [entry.cell.id])),
    because: without === undefined ? { kind: 'no common round' } : reasonOf(without.entry?.state),
  };
}

function reasonOf(state: CellState | undefined): MissingReason {
  if (state === undefined || state.kind === 'missing' || state.kind === 'measured')
    return { kind: 'not reached' };
  const { kind, reason } = state;
  return kind === 'not applicable' && state.needs !== undefined
    ? { kind: 'not installed', needs: state.needs, reason }
    : { kind, reason };
}

/** How many times as long, from how many times as fast. */
export function inverse({ value, interval, rounds }: Estimate): Estimate {
  if (interval === undefined) return { value: 1 / value, rounds };
  return { value: 1 / value, interval: { low: 1 / interval.high, high: 1 / interval.low }, rounds };
}

/** A share of an estimate: the time of one of so many. */
export function per({ value, interval, rounds }: Estimate, count: number): Estimate {
  if (interval === undefined) return { value: value / count, rounds };
  return {
    value: value / count,
    interval: { low: interval.low / count, high: interval.high / count },
    rounds,
  };
}

/** Whether an estimate lies beyond a bound with its whole interval: yes, no, or not decided. */
export function isAbove({ interval }: Estimate, bound: number): boolean | undefined {
  if (interval === undefined) return undefined;
  if (interval.low > bound) return true;
  return interval.high <= bound ? false : undefined;
}
