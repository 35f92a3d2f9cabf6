import { matches } from '../contract/axes.js';
import type { Claim, Point } from '../contract/scenario.js';
import { contest, winnerOf } from './contest.js';
import { isMeant, parallel } from './group.js';
import { rivalsOf } from './rivalry.js';
import type { Table } from './table.js';
import type { ClaimReason, ClaimTest, ClaimVerdict, Estimate } from './types.js';

type Status = ClaimVerdict['status'];

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
  return table.header.scenario.claims.map((claim) => {
    const { status, because } = judge(table, claim);
    const tests = because.kind === 'measured' ? because.tests : [];
    const places = tests.flatMap(({ point, one, other }) => [one, other].map((label) => ({ point, label })));
    const entries = places.flatMap(({ point, label }) => table.entry(claim.account, label, point) ?? []);
    return {
      claim,
      status,
      because,
      strategies: [...new Set(entries.map(({ strategy }) => strategy.label))],
      cells: [...new Set(entries.map(({ cell }) => cell.id))],
    };
  });
}

function judge(table: Table, claim: Claim): Pick<ClaimVerdict, 'status' | 'because'> {
  const points = table.points.filter((point) => matches(point, claim.where));
  if (points.length === 0) return { status: 'not testable', because: { kind: 'no point' } };
  const unknown = [claim.faster, claim.than].filter(
    (word) => !table.header.strategies.some((strategy) => isMeant(word, strategy)),
  );
  if (unknown.length > 0)
    return { status: 'not testable', because: { kind: 'did not take part', who: unknown } };
  const tests = points.flatMap((point) => testAt(table, claim, point));
  if (tests.length === 0) return { status: 'not testable', because: whyUntested(table, claim, points) };
  const status = statusOf(tests);
  return areCoresMissing(table, claim, tests, status)
    ? { status: 'not testable', because: { kind: 'measured', tests, coresMissing: true } }
    : { status, because: { kind: 'measured', tests } };
}

function testAt(table: Table, claim: Claim, point: Point): ClaimTest[] {
  const entries = table.at(claim.account, point);
  const faster = entries.filter(({ strategy }) => isMeant(claim.faster, strategy));
  // "vectorized faster than single-thread": than the others of them.
  const than = entries.filter((entry) => isMeant(claim.than, entry.strategy) && !faster.includes(entry));
  const found = contest(faster, than, table.header.margin);
  if (found === undefined) return [];
  const { challenger, incumbent, ratio } = found;
  const [one, other] = [challenger ?? claim.faster, incumbent ?? claim.than];
  return [
    {
      point,
      winner: winnerOf(found, found.p),
      one,
      other,
      found:
        ratio === undefined
          ? { kind: 'over its limit', who: challenger === undefined ? one : other }
          : timesOf(ratio),
    },
  ];
}

/** "0.017 times as fast" says less than "takes 58 times as long". */
function timesOf(ratio: Estimate): ClaimTest['found'] {
  if (ratio.value >= 1) return { kind: 'as fast', times: ratio };
  const { value, interval, rounds } = ratio;
  const turned =
    interval === undefined ? {} : { interval: { low: 1 / interval.high, high: 1 / interval.low } };
  return { kind: 'as long', times: { value: 1 / value, ...turned, rounds } };
}

function statusOf(tests: readonly ClaimTest[]): Status {
  const winners = new Set(tests.map(({ winner }) => winner));
  if (winners.size === 1 && winners.has('challenger')) return 'confirmed';
  return winners.has('undecided') || winners.has('challenger') ? 'undecided' : 'refuted';
}

function whyUntested(table: Table, claim: Claim, points: readonly Point[]): ClaimReason {
  const entries = points.flatMap((point) => table.at(claim.account, point));
  const who = [claim.faster, claim.than].filter(
    (word) => rivalsOf(entries.filter(({ strategy }) => isMeant(word, strategy))).length === 0,
  );
  return who.length === 0
    ? { kind: 'not measured', who: [claim.faster, claim.than], together: true }
    : { kind: 'not measured', who };
}

/** With too few cores an answer against the parallel side says nothing about more of them. */
function areCoresMissing(table: Table, claim: Claim, tests: readonly ClaimTest[], status: Status): boolean {
  const { usableCores } = table.header.host;
  if (claim.cores === undefined || claim.cores <= usableCores) return false;
  const isParallel = (word: string) =>
    table.header.strategies.some((strategy) => isMeant(word, strategy) && parallel(strategy));
  const claimedWins = status === 'confirmed';
  const claimedLoses = tests.every(({ winner }) => winner === 'incumbent');
  return (isParallel(claim.faster) && !claimedWins) || (isParallel(claim.than) && !claimedLoses);
}
