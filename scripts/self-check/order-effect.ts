import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { estimateOf } from '../../src/analysis/estimate.js';
import { median } from '../../src/analysis/round-logs.js';
import type { Estimate } from '../../src/analysis/types.js';
import { seededRandom, shuffled } from '../../src/results/random.js';

/** Time of a strategy after others over its time as the first, in one process and in processes of their own. */
export interface OrderEffect {
  readonly rounds: number;
  readonly strategies: readonly {
    readonly strategy: string;
    readonly together: Estimate;
    readonly apart: Estimate;
  }[];
}

const labels = ['for-loop', 'async-tasks', 'typed-array'];

/**
 * Each round measures each strategy as the first and after the others, in both ways; the two are paired within a
 * round. With a process each, "after" only means that the others' processes ended just before.
 */
export function measureOrderEffect(rounds: number): OrderEffect {
  const logs = labels.map(() => ({ together: [] as number[], apart: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`order, round ${round + 1}\n`);
    for (const way of ['together', 'apart'] as const) {
      const times = labels.map(() => ({ first: Number.NaN, after: [] as number[] }));
      // Each strategy comes first once; the rest follow in an order of their own.
      shuffled(labels, seededRandom(round)).forEach((first, turn) => {
        const rest = shuffled(
          labels.filter((label) => label !== first),
          seededRandom(100 * round + turn),
        );
        const seen = way === 'together' ? timed([first, ...rest]) : timedApart([first, ...rest]);
        times[labels.indexOf(first)].first = seen[first];
        for (const label of rest) times[labels.indexOf(label)].after.push(Math.log(seen[label]));
      });
      times.forEach(({ first, after }, i) => {
        logs[i][way].push(median(after) - Math.log(first));
      });
    }
  }
  return {
    rounds,
    strategies: labels.map((strategy, i) => ({
      strategy,
      together: estimateOf(Float64Array.from(logs[i].together)),
      apart: estimateOf(Float64Array.from(logs[i].apart)),
    })),
  };
}

function timedApart(order: readonly string[]): Record<string, number> {
  return Object.assign({}, ...order.map((label) => timed([label])));
}

function timed(order: readonly string[]): Record<string, number> {
  const entry = fileURLToPath(new URL('./order-main.js', import.meta.url));
  const args = ['--expose-gc', entry, ...order];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Record<string, number>;
}
