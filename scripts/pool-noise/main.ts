import { join } from 'node:path';
import { parseCount } from '../../src/app/quantity.js';
import { flag, parsed, wholeNumber } from '../../src/cli/options.js';
import { readHost } from '../../src/measure/host.js';
import { processExecutor } from '../../src/measure/process-executor.js';
import { findKernel } from '../../src/plugins/kernel.js';
import { findStrategies } from '../../src/plugins/strategy.js';
import { seededRandom, shuffled } from '../../src/results/random.js';
import { KeptLines } from '../lab/kept-lines.js';
import { defineLab, say } from '../lab/lab.js';
import { writeReport } from '../lab/report.js';
import { startLoad } from '../self-check/load.js';
import type { Condition } from '../self-check/pool.js';
import {
  leastRounds,
  type PoolDraw,
  poolNoisePath,
  poolNoiseText,
  poolOrder,
  poolPoints,
  poolStrategies,
} from './recorded.js';

/*
 * `npm run lab -- pool-noise [--rounds 60] [--minutes N] [--folder .cache/pool-noise]`: records how pools differ from
 * process to process, at four points, quiet and beside a busy core; the nonparametric proofs draw their rounds from it
 * (`npm run proofs -- noise-recorded`). About 80 minutes on a quiet machine with two cores, which is to be left alone; stopped,
 * it goes on where it was. Written when all of it is there: `reports/self-check/pool-noise.json`. `--part` writes what
 * there is, for a look at it.
 */
export const lab = defineLab(
  {
    rounds: wholeNumber('of each condition', { least: 2, most: 1_000 }, leastRounds),
    minutes: parsed('at most so long', (text, name) => parseCount(name, text)),
    folder: parsed('where processes are kept until all were measured', (text) => text),
    part: flag('print what there is, and write nothing that is committed'),
  },
  async ({ rounds, minutes = 180, folder = join('.cache', 'pool-noise'), part }) => {
    const endMs = performance.now() + 60_000 * minutes;
    const host = readHost();
    const key = JSON.stringify([host.fingerprint, host.node, poolStrategies, poolPoints]);
    const kept = new KeptLines<PoolDraw>(join(folder, 'processes.ndjson'), key);
    const complete = await recordAll(kept, rounds, endMs);
    const { startedAt } = kept.header;
    if (part) say(poolNoiseText(kept.lines, { host, startedAt }));
    else if (complete) writeReport(poolNoisePath, poolNoiseText(kept.lines, { host, startedAt }));
    say(complete ? 'all rounds are recorded' : 'not finished: the same command goes on');
    return 0;
  },
);

/** Round by round, quiet and busy by turns, so that a machine that changes over the hour changes both. */
async function recordAll(kept: KeptLines<PoolDraw>, rounds: number, endMs: number): Promise<boolean> {
  const known = new Set(kept.lines.map(keyOf));
  for (let round = 0; round < rounds; round++)
    for (const condition of ['quiet', 'busy'] as const) {
      const cells = cellsOf(condition, round).filter((cell) => !known.has(keyOf(cell)));
      if (cells.length > 0 && !(await recordRound(kept, cells, condition, endMs))) return false;
    }
  return true;
}

type Asked = Omit<PoolDraw, 'ns'>;

function cellsOf(condition: Condition, round: number): Asked[] {
  const cells = poolPoints.flatMap((_, point) =>
    poolStrategies.map((strategy) => ({ condition, round, point, strategy })),
  );
  return shuffled(cells, seededRandom(2_000 + round));
}

function keyOf({ condition, round, point, strategy }: Asked): string {
  return [condition, round, point, strategy].join(' ');
}

async function recordRound(
  kept: KeptLines<PoolDraw>,
  cells: readonly Asked[],
  condition: Condition,
  endMs: number,
): Promise<boolean> {
  process.stderr.write(`${condition}, round ${cells[0].round + 1}\n`);
  const load = condition === 'busy' ? startLoad() : undefined;
  const signal = new AbortController().signal;
  try {
    const [strategies, kernel] = await Promise.all([
      findStrategies([...poolStrategies]),
      findKernel('square-minus-13'),
    ]);
    for (const cell of cells) {
      if (performance.now() > endMs) return false;
      const strategy = strategies.find(({ label }) => label === cell.strategy);
      if (strategy === undefined) throw new Error(`there is no strategy ${cell.strategy}`);
      const outcome = await executor.run(poolOrder(strategy, kernel, cell), signal);
      if (outcome.status !== 'measured' || outcome.warm === undefined)
        throw new Error(`${keyOf(cell)} was not measured: ${JSON.stringify(outcome).slice(0, 300)}`);
      const { warm, oneShot, resident } = outcome;
      kept.add({
        ...cell,
        ns: {
          'one-shot': oneShot?.totalNs ?? Number.NaN,
          warm: warm.meanNs ?? Number.NaN,
          ...(resident.status === 'measured' ? { resident: meanOf(resident.samplesNs) } : {}),
        },
      });
    }
    return true;
  } finally {
    load?.stop();
  }
}

/** One for all cells: the right answers to the same data are computed once. */
const executor = processExecutor();

function meanOf(samplesNs: readonly number[]): number {
  return samplesNs.reduce((sum, ns) => sum + ns, 0) / samplesNs.length;
}
