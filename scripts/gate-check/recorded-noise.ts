import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Disturbance } from '../../test/support/simulated/disturbance.js';
import type { RecordedRounds } from '../../test/support/simulated/recorded.js';
import { percent } from '../proofs/proof.js';
import { type NoiseFile, readNoise, recordedRounds } from '../self-check/noise.js';
import type { Condition } from '../self-check/pool.js';

const folder = join('reports', 'self-check');
/** The full self-check's record where there is one. */
const names = ['noise-full.json', 'noise-quick.json'];

const file = readCommitted();
const rounds = { quiet: recordedRounds(file, 'quiet'), busy: recordedRounds(file, 'busy') };

/** Processes as the self-check recorded them; which cell is like which length is decided by `cellSeed`. */
export function recorded(condition: Condition, cellSeed: number): Disturbance {
  return { recorded: { rounds: rounds[condition], cellSeed } };
}

/** Where the noise comes from, and how large it is. */
export function noiseSentence(): string {
  const { host, startedAt, quick, cellsMs } = file;
  const sizes = (['quiet', 'busy'] as const).map(
    (condition) => `${rounds[condition].length} rounds ${condition} (${spreadText(rounds[condition])})`,
  );
  return (
    `Noise as the ${quick ? 'quick ' : ''}self-check recorded it (${host.cpu}, ${host.usableCores} cores, Node ${host.node}, begun ` +
    `${startedAt.slice(0, 10)}): processes of \`for-loop\` on cells of ${cellsMs.join(', ')} ms, ${sizes.join(', ')}. ` +
    'Whole processes are drawn, with their times in all accounts, CPU time and memory; rounds follow one another as they ' +
    'did, from a place of chance; the two sides of a pair are two processes of one round. This is the noise of `for-loop` ' +
    'cells, for every strategy; pools vary several times as much. However many comparisons a row has, all of them are ' +
    'drawn from so many recorded rounds: they are not independent, and the intervals are narrower than they should be.'
  );
}

function spreadText(all: RecordedRounds): string {
  const warm = all.flat(2).map(({ time }) => time.warm);
  const sd = Math.sqrt(warm.reduce((sum, log) => sum + log ** 2, 0) / warm.length);
  const slow = warm.filter((log) => log > slowMode).length;
  return `a warm time is off its median by ${percent(sd)} in the root mean square; ${slow} of ${warm.length} are more than ${percent(slowMode)} slow`;
}

/** What is told as slow: a process whose memory or clock was another one. */
const slowMode = 0.05;

function readCommitted(): NoiseFile {
  const name = names.find((each) => existsSync(join(folder, each)));
  if (name === undefined)
    throw new Error(
      `${folder} has no ${names.join(' or ')}: record the noise by \`npm run self-check -- --quick\``,
    );
  return readNoise(readFileSync(join(folder, name), 'utf8'));
}
