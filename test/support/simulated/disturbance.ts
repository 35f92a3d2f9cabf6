import { type Random, seededRandom } from '../../../src/results/random.js';
import { type Luck, normalLuck } from '../synthetic/luck.js';
import { hashOf } from './hash.js';
import { type Place, type RecordedNoise, recordedLuck, recordedProcess } from './recorded.js';

/** What makes one process of a strategy differ from the next, on the log scale (0.02 is 2 %); absent means none. */
export interface ProcessNoise {
  /** Standard deviation of a process's own speed: where its memory came to lie, what else the machine did. */
  readonly process?: number;
  /** A share of all processes runs slower by so much: a second mode. `spread`: how much one slow process differs from another. */
  readonly slowMode?: { readonly share: number; readonly by: number; readonly spread?: number };
  /** Drawn from what processes did, by point, in place of both: which of the points a cell is like is decided by its name. */
  readonly drawn?: readonly (readonly number[])[];
}

/** What makes one process differ from the next, on the log scale (0.02 is 2 %); absent means none. */
export interface Disturbance extends ProcessNoise {
  /** Processes as they were recorded, in place of `process`, `account`, `sample` and `slowMode`. */
  readonly recorded?: RecordedNoise;
  /** By label of a strategy, in place of `process` and `slowMode`: pools are noisier than loops, and in another way. */
  readonly byStrategy?: Readonly<Record<string, ProcessNoise>>;
  /** Standard deviation of one account in one process, besides. */
  readonly account?: number;
  /** Standard deviation of single samples. */
  readonly sample?: number;
  /** The machine slows down by so much over `overMs` and stays there. */
  readonly drift?: { readonly by: number; readonly overMs: number };
  /** The first round is slower by so much. */
  readonly firstRound?: number;
  /** From this moment on the whole machine is slower by so much. */
  readonly slowsDown?: { readonly by: number; readonly atMs: number };
}

export interface Moment extends Place {
  readonly nowMs: number;
  /** Label of the strategy; its own noise is used where there is one. */
  readonly strategy?: string;
}

/**
 * The luck of one process, and the numbers that its samples are drawn from. It depends on seed, cell, round and time
 * alone, never on what was drawn before, so that a run which was cut off and resumed meets the same processes as an
 * unbroken one.
 */
export function processLuck(
  disturbance: Disturbance,
  moment: Moment,
): { readonly luck: Luck; readonly random: Random } {
  const { account = 0, recorded, byStrategy = {} } = disturbance;
  const { seed, cell, round, strategy = '' } = moment;
  const { process = 0, slowMode, drawn } = byStrategy[strategy] ?? disturbance;
  const random = seededRandom(hashOf(`${seed}/${cell}/${round}`));
  if (recorded !== undefined) {
    const luck = recordedLuck(recordedProcess(recorded, moment), slowNow(disturbance, moment));
    return { luck, random };
  }
  if (drawn !== undefined) {
    const rounds = drawn[Math.floor(seededRandom(hashOf(`point/${cell}`)).uniform() * drawn.length)];
    const one = rounds[Math.floor(random.uniform() * rounds.length)];
    return { luck: normalLuck(one + slowNow(disturbance, moment), { cell: account }, random), random };
  }
  let slow = process * random.normal();
  if (slowMode !== undefined && random.uniform() < slowMode.share)
    slow += slowMode.by + (slowMode.spread ?? 0) * random.normal();
  const luck = normalLuck(slow + slowNow(disturbance, moment), { cell: account }, random);
  return { luck, random };
}

/** What the whole machine does at that moment, on the log scale. */
export function slowNow(
  { drift, firstRound = 0, slowsDown }: Disturbance,
  { round, nowMs }: Pick<Moment, 'round' | 'nowMs'>,
): number {
  let slow = 0;
  if (drift !== undefined) slow += drift.by * Math.min(1, nowMs / drift.overMs);
  if (round === 0) slow += firstRound;
  if (slowsDown !== undefined && nowMs >= slowsDown.atMs) slow += slowsDown.by;
  return slow;
}
