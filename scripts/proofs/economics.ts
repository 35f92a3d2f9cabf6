import type { Planner } from '../../src/measure/measure.js';
import { answersOf, budgetPlanner } from '../../src/measure/planner/budget.js';
import { crossoverWithin } from '../../src/measure/planner/rules.js';
import type { Results } from '../../src/results/format.js';
import { seededRandom } from '../../src/results/random.js';
import type { SyntheticRun } from '../../test/support/synthetic.js';
import { type Figure, median } from '../figures/figure.js';
import { knownCrossover } from '../figures/known-crossover.js';
import { percent, shareWithin, shown } from './proof.js';
import { settleTimes } from './settle-time.js';
import { affine, doubling, strategy, sweep } from './simulated.js';

const pool = 'parallel against best single-thread';
const loopNs = 200_000;
const noise = { process: 0.03 };
/** The grid that a scenario would name: the planner adds what it needs. */
const coarse = [4, 32, 256, 2_048];
const dense = doubling(4, 2_048);

/** A pool whose crossover lies somewhere in the grid, and four strategies beside it. */
export function poolRun(
  seed: number,
  keys: readonly number[],
): SyntheticRun & { readonly crossesAt: number } {
  const random = seededRandom(seed);
  const crossesAt = 12 * 60 ** random.uniform();
  const slope = 0.3 + 0.4 * random.uniform();
  const strategies = [
    strategy('for-loop', 'serial', affine(0, loopNs)),
    strategy('async-tasks', 'concurrent', affine(0, 1.02 * loopNs)),
    strategy('typed-array', 'vectorized', affine(0, 1.5 * loopNs)),
    strategy('worker-threads', 'threads', affine(crossesAt * (1 - slope) * loopNs, slope * loopNs)),
    strategy('child-process', 'processes', affine(4 * crossesAt * loopNs, 1.2 * slope * loopNs)),
  ];
  return { strategies, sweeps: [{ keys }], rounds: 8, seed, crossesAt };
}

/** What does it take to know a crossover within ± 10 %, against the whole ×2 grid? And does a budget hold? */
export async function economics(sweeps = 100): Promise<Figure[]> {
  const [shares, errors]: [number[], number[]] = [[], []];
  let [overrun, denseWithin] = [0, 0];
  for (let seed = 1; seed <= sweeps; seed++) {
    const grid = await sweep(poolRun(seed, dense), noise);
    const gridMs = grid.end?.elapsedMs ?? 0;
    if (knownCrossover(answersOf({ ...grid, elapsedMs: gridMs }), pool) !== undefined) denseWithin++;
    const { crossesAt, ...run } = poolRun(seed, coarse);
    const budgetMs = 0.4 * gridMs;
    const watched = untilSettled(budgetPlanner({ budgetMs }));
    await sweep({ ...run, budgetMs }, noise, watched.planner);
    const found = watched.found();
    shares.push(found === undefined ? Number.POSITIVE_INFINITY : found.ms / gridMs);
    if (found !== undefined) errors.push(Math.abs(found.at / crossesAt - 1));
    if (seed % 4 === 1) overrun += await overruns(run, budgetMs);
  }
  const middle = median(shares);
  const never = shares.filter((share) => !Number.isFinite(share)).length / sweeps;
  const wrong = errors.filter((error) => error > crossoverWithin).length / Math.max(1, errors.length);
  return [
    {
      name: "a crossover within ± 10 %: share of the dense grid's time, median",
      bar: '≤ 40 %',
      seen: percent(middle),
      holds: middle <= 0.4,
    },
    shown('sweeps whose crossover was not within ± 10 % at 40 % of that time', percent(never)),
    shown('dense grids that have it within ± 10 %', percent(denseWithin / sweeps)),
    shareWithin('crossovers taken for settled that are more than 10 % off', 0, 0.05, wrong),
    {
      name: 'budgets overrun by more than 10 % and a cell',
      bar: 'none',
      seen: `${overrun} of ${Math.ceil(sweeps / 4) * budgetShares.length}`,
      holds: overrun === 0,
    },
    ...(await settleTimes(sweeps)),
  ];
}

/** Of the asked budget: from one that ends in the pilot to one that is never used up. */
const budgetShares = [0.1, 0.5, 1, 3];

async function overruns(run: SyntheticRun, budgetMs: number): Promise<number> {
  let count = 0;
  for (const share of budgetShares) {
    const results = await sweep(run, noise, budgetPlanner({ budgetMs: share * budgetMs }));
    if (!withinBudget(results, share * budgetMs)) count++;
  }
  return count;
}

function withinBudget({ end, records }: Results, budgetMs: number): boolean {
  const cellMs = Math.max(...records.map(({ elapsedMs }) => elapsedMs));
  return (end?.elapsedMs ?? 0) <= 1.1 * budgetMs + cellMs;
}

/** Stops as soon as the pool's warm crossover is known well enough, and remembers when. */
function untilSettled(inner: Planner) {
  let found: { readonly ms: number; readonly at: number } | undefined;
  const planner: Planner = {
    left: inner.left,
    next: (state) => {
      const at = knownCrossover(answersOf(state), pool)?.at;
      if (at === undefined) return inner.next(state);
      found = { ms: state.elapsedMs, at };
      return { kind: 'stop', because: [] };
    },
  };
  return { planner, found: () => found };
}
