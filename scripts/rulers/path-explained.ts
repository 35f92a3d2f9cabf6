import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../../src/analysis/analyse.js';
import { explained } from '../../src/analysis/path/details.js';
import { tracedOf } from '../../src/analysis/path/ladder.js';
import { quickResults } from '../figures/quick-run.js';
import type { Ruler } from './ruler.js';

/** Long lists, columns, work per list, short lists, very unequal ones. */
const scenarios = ['small-lists', 'typed-arrays', 'item-cost', 'skewed-lists', 'waiting-items'];

const enough = 0.95;

/** The parts of the critical path explain at least 95 % of a call in 9 of 10 cells, over quick runs. */
export async function pathExplained(): Promise<Ruler[]> {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-path-'));
  const shares: number[] = [];
  try {
    for (const id of scenarios) {
      const { accounts } = analyse(quickResults(id, folder), { draws: 100 });
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

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
