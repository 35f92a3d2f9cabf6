import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../../src/analysis/analyse.js';
import { explained, tracedOf } from '../../src/analysis/path.js';
import { readResults } from '../../src/results/reader.js';
import { benchRun } from '../figures/bench-run.js';
import { percent } from '../proofs/proof.js';
import type { Ruler } from './ruler.js';

/** Short lists, columns, work per list, very unequal lists, and work that waits. */
const scenarios = ['small-lists', 'typed-arrays', 'item-cost', 'skewed-lists', 'waiting-items'];

/** A speed-up needs somebody to be compared with. */
const strategies = [
  'for-loop',
  'worker-threads',
  'worker-threads-transfer',
  'worker-threads-shared',
  'wasm-simd-threads',
  'child-process',
];

/** Calls are traced in the first round. */
const more = ['--rounds', '1', ...strategies.flatMap((id) => ['--only', id])];

const enough = 0.95;

/** The parts of the critical path explain at least 95 % of a call in 9 of 10 cells, over quick runs. */
export async function pathExplained(): Promise<Ruler[]> {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-path-'));
  const shares: number[] = [];
  try {
    for (const id of scenarios) {
      const { accounts } = analyse(readResults(benchRun(['--scenario', id, '--quick', ...more], folder)), {
        draws: 100,
      });
      const cells = accounts.flatMap(({ account, points }) =>
        account === 'warm' ? points.flatMap((point) => tracedOf(point.cells)) : [],
      );
      const own = cells.map(({ path }) => explained(path));
      shares.push(...own);
      process.stderr.write(`${id}: ${wellOf(own)} of ${own.length}, worst ${percent(Math.min(...own))}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const well = wellOf(shares);
  return [
    {
      name: 'parts explain at least 95 % of a traced call',
      seen: `${well} of ${shares.length} cells, worst ${percent(Math.min(...shares))}`,
      bar: '9 of 10',
      holds: well >= 0.9 * shares.length,
    },
  ];
}

function wellOf(shares: readonly number[]): number {
  return shares.filter((share) => share >= enough).length;
}
