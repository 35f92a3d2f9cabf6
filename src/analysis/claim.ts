import type { Claim, Point } from '../contract/scenario.js';
import { type Contest, contest, winnerOf } from './contest.js';
import { isMeant, parallel } from './group.js';
import { matches, pointText } from './point-key.js';
import { rivalsOf } from './rivalry.js';
import type { Table } from './table.js';
import type { ClaimVerdict, RegionWinner } from './types.js';

type Status = ClaimVerdict['status'];

/** A matching point with an answer: does "faster" beat "than" there? */
interface Test {
  readonly point: Point;
  readonly contest: Contest;
  readonly winner: RegionWinner;
}

/**
 * What the run says about each claim, over all of its points that match.
 * - confirmed: at every point the claimed one is faster, its interval beyond a tie;
 * - refuted: at every point it is slower, or the same within the margin;
 * - undecided: anything else (some points so, some so, or intervals that hold 1);
 * - not testable: no matching point, a side that was not measured at any, or workers are spoken of with more cores
 *   than this machine can use and the answer goes against the parallel side, which more cores might turn.
 * Every point must agree, so no correction for their number is needed.
 */
export function claimVerdicts(table: Table): ClaimVerdict[] {
  return table.header.scenario.claims.map((claim) => ({ claim, ...judge(table, claim) }));
}

function judge(table: Table, claim: Claim): { status: Status; because: string } {
  const points = table.points.filter((point) => matches(point, claim.where));
  if (points.length === 0)
    return { status: 'not testable', because: 'no point of this run is one that it speaks of' };
  const unknown = [claim.faster, claim.than].filter(
    (word) => !table.header.strategies.some((strategy) => isMeant(word, strategy)),
  );
  if (unknown.length > 0)
    return { status: 'not testable', because: `${unknown.join(' and ')} did not take part in this run` };
  const tests = points.flatMap((point) => testAt(table, claim, point));
  if (tests.length === 0) return { status: 'not testable', because: whyUntested(table, claim, points) };
  const status = statusOf(tests);
  const because = tests.length === 1 ? numbersAt(tests[0], claim) : numbersOver(tests, claim);
  const missing = coresMissing(table, claim, tests, status);
  return missing === undefined
    ? { status, because }
    : { status: 'not testable', because: `${missing}; here ${because}` };
}

function testAt(table: Table, claim: Claim, point: Point): Test[] {
  const entries = table.at(claim.account, point);
  const faster = entries.filter(({ strategy }) => isMeant(claim.faster, strategy));
  // "vectorized faster than single-thread": than the others of them.
  const than = entries.filter((entry) => isMeant(claim.than, entry.strategy) && !faster.includes(entry));
  const found = contest(faster, than, table.resampler, table.header.margin);
  return found === undefined ? [] : [{ point, contest: found, winner: winnerOf(found, found.p) }];
}

function statusOf(tests: readonly Test[]): Status {
  const winners = new Set(tests.map(({ winner }) => winner));
  if (winners.size === 1 && winners.has('challenger')) return 'confirmed';
  return winners.has('undecided') || winners.has('challenger') ? 'undecided' : 'refuted';
}

function whyUntested(table: Table, claim: Claim, points: readonly Point[]): string {
  const entries = points.flatMap((point) => table.at(claim.account, point));
  const sides = [claim.faster, claim.than].filter(
    (word) => rivalsOf(entries.filter(({ strategy }) => isMeant(word, strategy))).length === 0,
  );
  const who =
    sides.length === 0 ? `${claim.faster} and ${claim.than} at the same point` : sides.join(' and ');
  return `${who} could not be measured in the ${claim.account} account`;
}

/** With too few cores an answer against the parallel side says nothing about more of them. */
function coresMissing(
  table: Table,
  claim: Claim,
  tests: readonly Test[],
  status: Status,
): string | undefined {
  const { usableCores } = table.header.host;
  if (claim.cores === undefined || claim.cores <= usableCores) return undefined;
  const isParallel = (word: string) =>
    table.header.strategies.some((strategy) => isMeant(word, strategy) && parallel(strategy));
  const claimedWins = status === 'confirmed';
  const claimedLoses = tests.every(({ winner }) => winner === 'incumbent');
  const againstPool = (isParallel(claim.faster) && !claimedWins) || (isParallel(claim.than) && !claimedLoses);
  return againstPool ? `said of ${claim.cores} cores, and this machine can use ${usableCores}` : undefined;
}

function numbersOver(tests: readonly Test[], claim: Claim): string {
  const sorted = [...tests].sort((a, b) => speed(a) - speed(b));
  const counts = (['challenger', 'same', 'incumbent', 'undecided'] as const).flatMap((winner) => {
    const count = tests.filter((test) => test.winner === winner).length;
    return count === 0 ? [] : [`${wordFor[winner]} at ${count === tests.length ? `all ${count}` : count}`];
  });
  const [worst, best] = [numbersAt(sorted[0], claim), numbersAt(sorted[sorted.length - 1], claim)];
  return `over ${tests.length} points ${claim.faster} is ${counts.join(', ')}; at worst, ${worst}; at best, ${best}`;
}

const wordFor: Readonly<Record<RegionWinner, string>> = {
  challenger: 'faster',
  incumbent: 'slower',
  same: 'the same',
  undecided: 'undecided',
};

function numbersAt({ point, contest: found }: Test, claim: Claim): string {
  const one = found.challenger ?? claim.faster;
  const other = found.incumbent ?? claim.than;
  const where = pointText(point);
  if (found.ratio === undefined) {
    return `${found.challenger === undefined ? one : other} was over its limit (${where})`;
  }
  const { value, interval } = found.ratio;
  // "0.017 times as fast" says less than "takes 58 times as long".
  const faster = value >= 1;
  const text = (ratio: number) => times(faster ? ratio : 1 / ratio);
  const ends = interval === undefined ? [] : [interval.low, interval.high].map(text);
  const [low, high] = faster ? ends : ends.reverse();
  const range = interval === undefined ? 'no interval' : `95 % interval ${low} to ${high}`;
  return faster
    ? `${one} is ${text(value)} times as fast as ${other} (${range}; ${where})`
    : `${one} takes ${text(value)} times as long as ${other} (${range}; ${where})`;
}

function times(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

function speed({ contest: found }: Test): number {
  return found.ratio?.value ?? (found.challenger === undefined ? 0 : Number.POSITIVE_INFINITY);
}
