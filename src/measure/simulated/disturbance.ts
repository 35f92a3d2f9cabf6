import { seededRandom } from '../../results/random.js';

/** What makes one process differ from the next, on the log scale (0.02 is 2 %); absent means none. */
export interface Disturbance {
  /** Standard deviation of a process's own speed: where its memory came to lie, what else the machine did. */
  readonly process?: number;
  /** Standard deviation of one account in one process, besides. */
  readonly account?: number;
  /** Standard deviation of single samples. */
  readonly sample?: number;
  /** A share of all processes runs slower by so much: a second mode. */
  readonly slowMode?: { readonly share: number; readonly by: number };
  /** The machine slows down by so much over `overMs` and stays there. */
  readonly drift?: { readonly by: number; readonly overMs: number };
  /** The first round is slower by so much. */
  readonly firstRound?: number;
  /** From this moment on the whole machine is slower by so much. */
  readonly slowsDown?: { readonly by: number; readonly atMs: number };
}

/**
 * The log factor of one process. It depends on seed, cell, round and time alone, never on what was drawn before, so
 * that a run which was cut off and resumed meets the same processes as an unbroken one.
 */
export function processFactor(
  { process = 0, slowMode, drift, firstRound = 0, slowsDown }: Disturbance,
  { seed, cell, round, nowMs }: { seed: number; cell: string; round: number; nowMs: number },
): { readonly slow: number; readonly random: ReturnType<typeof seededRandom> } {
  const random = seededRandom(seedOf(seed, cell, round));
  let slow = process * random.normal();
  if (slowMode !== undefined && random.uniform() < slowMode.share) slow += slowMode.by;
  if (drift !== undefined) slow += drift.by * Math.min(1, nowMs / drift.overMs);
  if (round === 0) slow += firstRound;
  if (slowsDown !== undefined && nowMs >= slowsDown.atMs) slow += slowsDown.by;
  return { slow, random };
}

/** FNV-1a over cell and round, so that neighbouring cells share nothing. */
function seedOf(seed: number, cell: string, round: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${cell}/${round}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return hash >>> 0;
}
