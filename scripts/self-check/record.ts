import { machineWatch } from '../../src/measure/machine/watch.js';
import { processExecutor } from '../../src/measure/process-executor.js';
import { seededRandom, shuffled } from '../../src/results/random.js';
import type { Cells } from './cell.js';
import { startLoad } from './load.js';
import type { Condition, Draw, Pool } from './pool.js';
import { extraWork, type Settings } from './settings.js';

interface Turn extends Pick<Draw, 'condition' | 'round' | 'ms' | 'who'> {
  readonly work: number;
}

/**
 * Fills the pool: first the quiet rounds, then those beside a background load, each up to its half of the time that is
 * left. Returns false where the time ended first.
 */
export async function record(pool: Pool, cells: Cells, settings: Settings, endMs: number): Promise<boolean> {
  const left = (condition: Condition) => turnsOf(condition, settings).filter((turn) => !pool.has(turn));
  // What the quiet half does not need goes to the other.
  const half = left('busy').length === 0 ? endMs : performance.now() + ((endMs - performance.now()) * 1) / 2;
  const quiet = await measureAll(left('quiet'), { pool, cells, untilMs: half });
  if (left('busy').length === 0) return quiet;
  const load = startLoad();
  try {
    return (await measureAll(left('busy'), { pool, cells, untilMs: endMs })) && quiet;
  } finally {
    load.stop();
  }
}

/** Rounds in order; within each, all cells and all names of each in a shuffled order, as `bench` does. */
function turnsOf(condition: Condition, { rounds, cellsMs }: Settings): Turn[] {
  return Array.from({ length: rounds.same }, (_, round) => {
    const slower = round < rounds.slower ? extraWork : [];
    const all = cellsMs.flatMap((ms): Turn[] => [
      ...['a', 'b'].map((who) => ({ condition, round, ms, who, work: 1 })),
      ...slower.map((more) => ({ condition, round, ms, who: slowerName(more), work: 1 + more })),
    ]);
    return shuffled(all, seededRandom(1_000 + round));
  }).flat();
}

export function slowerName(more: number): string {
  return `+${Math.round(100 * more)} %`;
}

async function measureAll(
  turns: readonly Turn[],
  { pool, cells, untilMs }: { pool: Pool; cells: Cells; untilMs: number },
): Promise<boolean> {
  const executor = processExecutor();
  const watch = machineWatch();
  const signal = new AbortController().signal;
  let saidRound = -1;
  for (const { condition, round, ms, who, work } of turns) {
    if (performance.now() > untilMs) return false;
    if (round !== saidRound) process.stderr.write(`${condition}, round ${round + 1}\n`);
    saidRound = round;
    watch.cellStarts();
    const outcome = await executor.run(cells.order(ms, who, work), signal);
    pool.add({
      condition,
      round,
      ms,
      who,
      at: new Date().toISOString(),
      outcome,
      machine: watch.cellEnded(),
    });
  }
  return true;
}
