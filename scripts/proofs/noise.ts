import { analyseAccount } from '../../src/analysis/account.js';
import { linesOf } from '../../src/analysis/line.js';
import { tableOf } from '../../src/analysis/table.js';
import type { AccountAnalysis, Interval } from '../../src/analysis/types.js';
import { budgetPlanner } from '../../src/measure/planner/budget.js';
import type { Results } from '../../src/results/format.js';
import type { Cost } from '../../test/support/synthetic.js';
import type { Figure } from '../figures/figure.js';
import { lineUp, type NoiseKind, poolName, poolNoises, recordedNoises } from './noise-kinds.js';
import { addTallies, type Corner, countInPieces, lookAgain, type Tally } from './pieces.js';
import { percent, shareWithin, shown } from './proof.js';
import { affine, doubling, sweep } from './simulated.js';

/*
 * Is the analysis right where every strategy has its own noise? Loops are quiet, pools are not, and a pool's processes
 * may have a slow mode. The truth of a strategy is the mean of its log times over processes, slow ones included.
 */

const loopNs = 20_000;
const keys = doubling(4, 512);
const crossesAt = 45;
const slope = 0.5;
const roundCounts = [4, 8, 20] as const;
const singleCounts = [1, 3, 5] as const;

const loop = affine(0, loopNs);
/** Full caches from 56 keys on: there the loop's time jumps, and the pool, which crosses it at 60 otherwise, overtakes it. */
const stepAt = 56;
const step: Cost = ({ keys: count }) => loopNs * count * (count < stepAt ? 1 : 1.25);
const belowStep = affine(60 * loopNs * (1 - slope), slope * loopNs);
const crossing = affine(crossesAt * loopNs * (1 - slope), slope * loopNs);

/** Noise, number of equal singles, and rounds: all corners. */
const settingsOf = (noises: readonly NoiseKind[]) =>
  noises.flatMap((noise) =>
    singleCounts.flatMap((singles) =>
      roundCounts.map((rounds) => ({
        noise,
        singles,
        rounds,
        name: `${noise.name}; ${singles} equal single${singles === 1 ? '' : 's'}; ${rounds} rounds`,
      })),
    ),
  );

/** Do 95 % intervals of speed-ups and crossovers hold the truth? */
export function noiseCoverage(sweeps = 100): Promise<Figure[]> {
  return coverageUnder('noise-coverage', poolNoises, sweeps);
}

/** The same, and ties, where no distribution is assumed: each process of a pool is one that was recorded. */
export async function noiseRecorded(sweeps = 100): Promise<Figure[]> {
  const { noises, record } = recordedNoises();
  return [
    ...(await coverageUnder(`noise-recorded-${record}`, noises, sweeps)),
    ...(await tiesUnder(`noise-recorded-ties-${record}`, noises, sweeps)),
  ];
}

async function coverageUnder(proof: string, noises: readonly NoiseKind[], sweeps: number): Promise<Figure[]> {
  const corners = settingsOf(noises).map(
    ({ name, noise, singles, rounds }): Corner => ({
      name,
      tally: (seeds) =>
        tallyRuns(seeds, async (seed) => {
          const found = await warmAnalysis(singles, crossing, noise, { rounds, seed });
          return addTallies(speedUpTally(found), crossoverTally(found));
        }),
    }),
  );
  const totals = await countInPieces(proof, corners, sweeps);
  const all = [...totals.values()].reduce(addTallies, {});
  const rows = [...totals].map(([name, tally]) =>
    shown(
      name,
      `speed-ups ${percent(of(tally, 'speedUpHeld', 'speedUps'))}, width ${percent(of(tally, 'speedUpWidth', 'speedUps'))}; crossovers ${percent(of(tally, 'crossoverHeld', 'crossovers'))} of ${tally.crossovers}, width ${percent(of(tally, 'crossoverWidth', 'crossovers'))}, placed ${percent(of(tally, 'crossoverOff', 'crossovers'))} late`,
    ),
  );
  const fromWorst = (counts: typeof totals, held: string, asked: string) =>
    [...counts]
      .filter(([, tally]) => (tally[asked] ?? 0) >= sweeps / 4)
      .sort(([, a], [, b]) => of(a, held, asked) - of(b, held, asked));
  const bars = async (what: string, held: string, asked: string) => {
    const names = fromWorst(totals, held, asked).map(([name]) => name);
    const second = await lookAgain(`${proof}-${asked}`, corners, sweeps, names);
    const [name, tally] = fromWorst(second, held, asked)[0];
    return [
      shareWithin(`${what}, all corners`, 0.93, 0.97, of(all, held, asked), ` of ${all[asked]}`),
      shareWithin(
        `${what}, worst corner, looked at again`,
        0.9,
        1,
        of(tally, held, asked),
        ` of ${tally[asked]}: ${name}`,
      ),
    ];
  };
  const off = of(all, 'crossoverOff', 'crossovers');
  return [
    ...rows,
    ...(await bars('speed-up intervals that hold the truth', 'speedUpHeld', 'speedUps')),
    ...(await bars('crossover intervals that hold the truth', 'crossoverHeld', 'crossovers')),
    { name: 'crossovers placed late, mean', bar: '≤ 1.0 %', seen: percent(off), holds: off <= 0.01 },
  ];
}

/** The same where the loop's time has a step between two points, at which the crossover lies. */
export async function noiseStep(sweeps = 100): Promise<Figure[]> {
  const corners = poolNoises.flatMap((noise) =>
    roundCounts.map(
      (rounds): Corner => ({
        name: `${noise.name}; cache step; ${rounds} rounds`,
        tally: (seeds) =>
          tallyRuns(seeds, async (seed) =>
            crossoverTally(await warmAnalysis(1, belowStep, noise, { rounds, seed, single: step }), stepAt),
          ),
      }),
    ),
  );
  const totals = await countInPieces('noise-step', corners, sweeps);
  const all = [...totals.values()].reduce(addTallies, {});
  return [
    ...[...totals].map(([name, tally]) =>
      shown(
        name,
        `${percent(of(tally, 'crossoverHeld', 'crossovers'))} of ${tally.crossovers}, width ${percent(of(tally, 'crossoverWidth', 'crossovers'))}`,
      ),
    ),
    shareWithin(
      'crossover intervals that hold the truth, across a cache step',
      0.93,
      1,
      of(all, 'crossoverHeld', 'crossovers'),
      ` of ${all.crossovers}`,
    ),
  ];
}

/** Maps whose strategies all take the same time: how many name a winner? */
export function noiseTies(sweeps = 100): Promise<Figure[]> {
  return tiesUnder('noise-ties', poolNoises, sweeps);
}

async function tiesUnder(proof: string, noises: readonly NoiseKind[], sweeps: number): Promise<Figure[]> {
  const corners = settingsOf(noises).map(
    ({ name, noise, singles, rounds }): Corner => ({
      name,
      tally: (seeds) =>
        tallyRuns(seeds, async (seed) =>
          tieTally(await warmAnalysis(singles, loop, noise, { rounds, seed })),
        ),
    }),
  );
  return tieFigures(proof, corners, sweeps, 'maps of ties');
}

const budgets = [60_000, 300_000] as const;

/** The same where time is spent as `--budget` does: rounds go where the answer is open, and it is looked at again and again. */
export async function noiseBudget(sweeps = 20): Promise<Figure[]> {
  const corners = [...poolNoises, { name: 'log-normal 5 %', process: 0.05 }].flatMap((noise) =>
    budgets.map(
      (budgetMs): Corner => ({
        name: `${noise.name}; budget ${budgetMs / 1_000} s`,
        tally: (seeds) =>
          tallyRuns(seeds, async (seed) =>
            addTallies(
              tieTally(await warmAnalysis(1, loop, noise, { rounds: 8, seed, budgetMs })),
              crossoverTally(await warmAnalysis(1, crossing, noise, { rounds: 8, seed, budgetMs })),
            ),
          ),
      }),
    ),
  );
  const totals = await countInPieces('noise-budget', corners, sweeps);
  const all = [...totals.values()].reduce(addTallies, {});
  return [
    ...[...totals].map(([name, tally]) =>
      shown(
        `crossovers, ${name}`,
        `${percent(of(tally, 'crossoverHeld', 'crossovers'))} of ${tally.crossovers} hold the truth`,
      ),
    ),
    shareWithin(
      'crossover intervals that hold the truth, all budgets',
      0.93,
      0.97,
      of(all, 'crossoverHeld', 'crossovers'),
    ),
    ...(await tieFigures('noise-budget', corners, sweeps, 'maps of ties, budgets')),
  ];
}

/**
 * The same where a run stops as soon as its questions are answered, which is what `bench` does: no map of ties may name a
 * winner or a side, and what taking the named one costs is to be no more than it says.
 */
export async function noiseAnswered(sweeps = 40): Promise<Figure[]> {
  const corners = [...poolNoises, { name: 'log-normal 5 %', process: 0.05 }].flatMap((noise) =>
    ([1, 3] as const).map(
      (singles): Corner => ({
        name: `${noise.name}; ${singles} equal single${singles === 1 ? '' : 's'}; until answered`,
        tally: (seeds) =>
          tallyRuns(seeds, async (seed) => {
            const asked = { rounds: 8, seed, budgetMs: answeredMs, until: 'answered' } as const;
            return addTallies(
              tieTally(await warmAnalysis(singles, loop, noise, asked)),
              lossTally(await warmAnalysis(singles, crossing, noise, asked), crossing),
            );
          }),
      }),
    ),
  );
  const totals = await countInPieces('noise-answered', corners, sweeps);
  const all = [...totals.values()].reduce(addTallies, {});
  return [
    ...(await tieFigures('noise-answered', corners, sweeps, 'maps of ties, until answered')),
    shareWithin(
      'fields whose loss is no more than it says',
      0.95,
      1,
      of(all, 'lossHeld', 'losses'),
      ` of ${all.losses}`,
    ),
    shareWithin(
      'fields with a side, and it is the right one',
      0.99,
      1,
      of(all, 'sideRight', 'sides'),
      ` of ${all.sides}`,
    ),
    shown('fields of the crossing map that are answered', percent(of(all, 'answered', 'fields'))),
  ];
}

/** As long as a scenario may take. */
const answeredMs = 180_000;

/** What naming somebody costs, by the truth: at most what is said? And is the side the faster one? */
function lossTally({ points }: AccountAnalysis, pool: Cost): Tally {
  let [fields, losses, lossHeld, sides, sideRight, answered] = [0, 0, 0, 0, 0, 0];
  for (const { cells, best } of points) {
    fields++;
    if (best === undefined) continue;
    const shape = { ...cells[0], length: 1_000, workers: 2 };
    const [single, many] = [loop(shape), pool(shape)];
    const cost = (best.named === poolName ? many : single) / Math.min(single, many) - 1;
    if (best.loss !== undefined) {
      losses++;
      if (cost <= best.loss) lossHeld++;
    }
    if (best.side === undefined) continue;
    if (best.loss !== undefined && best.loss <= 0.05) answered++;
    if (best.side === 'same') continue;
    sides++;
    if ((best.side === 'pool') === many < single) sideRight++;
  }
  return { fields, losses, lossHeld, sides, sideRight, answered };
}

async function tieFigures(
  proof: string,
  corners: readonly Corner[],
  sweeps: number,
  what: string,
): Promise<Figure[]> {
  const totals = await countInPieces(proof, corners, sweeps);
  const fromWorst = (counts: typeof totals) =>
    [...counts].sort(([, a], [, b]) => of(b, 'false', 'maps') - of(a, 'false', 'maps'));
  const names = fromWorst(totals).map(([name]) => name);
  const [worst] = fromWorst(await lookAgain(proof, corners, sweeps, names));
  const all = [...totals.values()].reduce(addTallies, {});
  return [
    ...[...totals].map(([name, tally]) =>
      shown(name, `${percent(of(tally, 'false', 'maps'))} name a winner`),
    ),
    shareWithin(
      `${what} that name a winner, all corners`,
      0,
      0.05,
      of(all, 'false', 'maps'),
      ` of ${all.maps}`,
    ),
    shareWithin(
      `${what} that name a winner, worst corner, looked at again`,
      0,
      0.05,
      of(worst[1], 'false', 'maps'),
      ` of ${worst[1].maps}: ${worst[0]}`,
    ),
  ];
}

interface RunAsked {
  readonly rounds: number;
  readonly seed: number;
  readonly budgetMs?: number;
  readonly until?: 'answered';
  /** Time of the singles; default the loop's. */
  readonly single?: Cost;
}

async function warmAnalysis(
  singles: number,
  pool: Cost,
  noise: NoiseKind,
  { rounds, seed, budgetMs, until, single = loop }: RunAsked,
): Promise<AccountAnalysis> {
  const { strategies, disturbance } = lineUp(singles, single, pool, noise);
  const run = {
    strategies,
    sweeps: [{ keys }],
    rounds,
    seed,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ...(until === undefined ? {} : { until }),
  };
  return analyseWarm(
    until === undefined || budgetMs === undefined
      ? await sweep(run, disturbance)
      : await sweep(run, disturbance, budgetPlanner({ budgetMs, until })),
  );
}

function analyseWarm(results: Results): AccountAnalysis {
  const table = tableOf(results, 1_000);
  return analyseAccount(table, 'warm', linesOf(table));
}

async function tallyRuns(
  seeds: readonly number[],
  tallyOne: (seed: number) => Promise<Tally>,
): Promise<Tally> {
  let total: Tally = {};
  for (const seed of seeds) total = addTallies(total, await tallyOne(seed));
  return total;
}

function speedUpTally({ points }: AccountAnalysis): Tally {
  let [speedUps, speedUpHeld, speedUpWidth] = [0, 0, 0];
  for (const { cells } of points) {
    const cell = cells.find(({ strategy }) => strategy === poolName);
    const interval = cell?.speedUp?.interval;
    if (cell === undefined || interval === undefined) continue;
    const shape = { ...cell, length: 1_000, workers: 2 };
    speedUps++;
    speedUpWidth += Math.log(interval.high / interval.low);
    if (holds(interval, loop(shape) / crossing(shape))) speedUpHeld++;
  }
  return { speedUps, speedUpHeld, speedUpWidth };
}

function crossoverTally({ crossovers: lines }: AccountAnalysis, truth: number = crossesAt): Tally {
  const line = lines.find(({ question }) => question === 'parallel against best single-thread');
  if (line?.crossovers.length !== 1) return { silent: 1 };
  const [{ at, interval }] = line.crossovers;
  return {
    crossovers: 1,
    crossoverHeld: holds(interval, truth) ? 1 : 0,
    crossoverWidth: Math.log(interval.high / interval.low),
    crossoverOff: Math.log(at / truth),
  };
}

function tieTally({ points }: AccountAnalysis): Tally {
  const isNamed = points.some(
    ({ label, best }) => label.kind === 'winner' || best?.side === 'pool' || best?.side === 'one thread',
  );
  return { maps: 1, false: isNamed ? 1 : 0 };
}

function holds({ low, high }: Interval, truth: number): boolean {
  return low <= truth && truth <= high;
}

function of(tally: Tally, part: string, whole: string): number {
  return (tally[part] ?? 0) / (tally[whole] ?? 0);
}
