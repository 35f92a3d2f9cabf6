import { splitCell } from '../../../src/measure/interleaved/plan.js';
import { seededRandom } from '../../../src/results/random.js';
import type { Luck, Timed } from '../synthetic/luck.js';
import { hashOf } from './hash.js';

/** Log deviations of one real process from the median of all that ran the same code at the same length. */
export interface RecordedProcess {
  readonly time: Readonly<Record<Exclude<Timed, 'stages'>, number>>;
  readonly cpu: RecordedProcess['time'];
  readonly peak: number;
}

/** By round, then by length of the cell: processes that ran one code in one round, two or more of them. */
export type RecordedRounds = readonly (readonly (readonly RecordedProcess[])[])[];

export interface RecordedNoise {
  readonly rounds: RecordedRounds;
  /** Which cell is like which recorded length: the same for both sides of a comparison. */
  readonly cellSeed: number;
}

export interface Place {
  readonly seed: number;
  readonly cell: string;
  readonly round: number;
}

/**
 * The recorded process that a simulated one is like, with all that belongs to it. Rounds follow one another as they were
 * recorded, from a place that the seed decides and around the end (a circular block bootstrap: Politis and Romano,
 * 1992), so that drift stays; a cell keeps to one length, so that a noisy one stays noisy; the two sides of a pair are
 * two processes of one round, in an order of chance. Throws where no round was recorded.
 */
export function recordedProcess(
  { rounds, cellSeed }: RecordedNoise,
  { seed, cell, round }: Place,
): RecordedProcess {
  if (rounds.length === 0) throw new Error('the recorded noise has no rounds to draw processes from');
  const { side, cell: pair } = cell.includes(':') ? splitCell(cell) : { side: 'base', cell };
  const from = Math.floor(uniform(`from/${seed}`) * rounds.length);
  const lengths = rounds[(from + round) % rounds.length];
  const alike = lengths[Math.floor(uniform(`length/${cellSeed}/${pair}`) * lengths.length)];
  const first = Math.floor(uniform(`process/${seed}/${pair}/${round}`) * alike.length);
  return alike[(first + (side === 'head' ? 1 : 0)) % alike.length];
}

/** Its luck, `slow` being what the machine does besides. Stages are timed right after the warm series. */
export function recordedLuck({ time, cpu, peak }: RecordedProcess, slow: number): Luck {
  return {
    time: (of) => slow + time[of === 'stages' ? 'warm' : of],
    cpu: (of) => (of === 'stages' ? 0 : cpu[of] - (of === 'one-shot' ? time[of] : 0)),
    peak,
  };
}

function uniform(text: string): number {
  return seededRandom(hashOf(text)).uniform();
}
