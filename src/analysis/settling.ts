import type { Account } from '../contract/scenario.js';
import { leastRounds, meanOf } from './estimate.js';
import { type MeasuredRound, median, type RoundLogs, samplesOf } from './round-logs.js';
import { tQuantile } from './student.js';
import type { Entry } from './table.js';
import { twoModes } from './two-modes.js';
import type { Settling } from './types.js';

/** Smaller shifts from the first third of a series to the last are not worth a label. */
const leastShift = 0.03;
/** Each third needs a median of at least two samples. */
const leastSamples = 6;
/** A run has hundreds of series: at 95 % some would always be blamed. */
const doubtLevel = 0.99;

/**
 * Had a cell's series arrived at a steady state, or was it still falling (warming up), rising, or jumping between two
 * modes? First third against last third of the samples within each process; rounds are the unit, so that a shift must
 * be there in round after round to count. 'not judged' with too few rounds or samples.
 */
export function settlingOf(rounds: readonly (readonly number[])[]): Settling {
  const judged = rounds.filter(({ length }) => length >= leastSamples);
  if (judged.length < leastRounds) return 'not judged';
  // First: a series that goes to and fro ends in either mode, and would pass for falling or rising.
  if (judged.filter(jumps).length * 2 > judged.length) return 'jumping';
  const { mean, error } = meanOf(Float64Array.from(judged, shiftOf));
  const reach = tQuantile(doubtLevel, judged.length - 1) * error;
  if (Math.abs(mean) < leastShift || Math.abs(mean) <= reach) return 'settled';
  return mean < 0 ? 'falling' : 'rising';
}

/** Two modes, and to and fro between them: a single change from the one to the other is a fall or a rise. */
function jumps(samples: readonly number[]): boolean {
  const logs = samples.map(Math.log);
  const modes = twoModes(logs);
  if (modes === undefined) return false;
  const slow = logs.map((log) => log >= modes.border);
  return slow.filter((one, place) => place > 0 && one !== slow[place - 1]).length >= 3;
}

/** Of one cell in one account. */
export function settlingIn(rounds: readonly MeasuredRound[], account: Account): Settling {
  if (account === 'one-shot') return 'not judged';
  return settlingOf(rounds.flatMap(({ outcome }) => [timed(samplesOf(outcome, account))]));
}

const known = new WeakMap<Entry, Entry>();

/** The entry as it may be judged as a winner: itself where its series had settled, else by its slower part. */
export function cautious(entry: Entry): Entry {
  const found = known.get(entry);
  if (found !== undefined) return found;
  const { logs, rounds, account } = entry;
  const judged = cautiousLogs(logs, rounds, account, settlingIn(rounds, account));
  const made = judged === logs ? entry : { ...entry, logs: judged };
  known.set(entry, made);
  return made;
}

/**
 * What an unsettled cell may be judged by: the slower third, or the slower mode, of each round. It can still win, but
 * not on its mean alone.
 */
export function cautiousLogs(
  logs: RoundLogs,
  rounds: readonly MeasuredRound[],
  account: Account,
  settling: Settling,
): RoundLogs {
  if (settling === 'settled' || settling === 'not judged') return logs;
  const cautious = logs.slice();
  for (const { round, outcome } of rounds) {
    const samples = timed(samplesOf(outcome, account));
    if (samples.length < leastSamples || Number.isNaN(cautious[round])) continue;
    cautious[round] = Math.max(cautious[round], slowerLog(samples, settling));
  }
  return cautious;
}

function slowerLog(samples: readonly number[], settling: Settling): number {
  const logs = samples.map(Math.log);
  if (settling === 'jumping') return twoModes(logs)?.upper ?? Number.NEGATIVE_INFINITY;
  const [first, last] = thirds(logs);
  return Math.max(first, last);
}

/** Log of the last third's median over the first third's. */
function shiftOf(samples: readonly number[]): number {
  const [first, last] = thirds(samples.map(Math.log));
  return last - first;
}

function thirds(logs: readonly number[]): [number, number] {
  const size = Math.floor(logs.length / 3);
  return [median(logs.slice(0, size)), median(logs.slice(-size))];
}

function timed(samples: readonly number[] = []): number[] {
  return samples.filter((ns) => ns > 0);
}
