import { mean } from '../../src/analysis/round-logs.js';
import {
  choose,
  type Profile,
  type ProfileAccount,
  type Question,
  rank,
  type Shape,
} from '../../src/choose/choose.js';
import { modelsOf, profileOf } from '../../src/model/profile.js';
import type { Figure } from '../figures/figure.js';
import { percent, shown } from '../proofs/proof.js';
import { type DecisionCell, decisionCells, roundHalves, type Split } from './held-out-cells.js';
import { accuracy, type Told } from './simulated.js';

/** The same questions on measured runs: times and choices for cells that no fit has seen. */
export function real(splits: readonly Split[]): Figure[] {
  const told: Record<'formula' | 'interpolation', Told[]> = { formula: [], interpolation: [] };
  const regrets: Record<string, number[]> & { choose: number[] } = { choose: [] };
  const speeds: Figure[] = [];
  for (const { train, held } of splits) {
    const profile = profileOf(train, modelsOf(train));
    const known = decisionCells(train);
    if (speeds.length === 0) speeds.push(decisionTime(profile, decisionCells(held)));
    const [evens, odds] = roundHalves(held).map((half) => timesByCell(decisionCells(half)));
    for (const cell of decisionCells(held)) {
      const { account, shape, times } = cell;
      const halves = [evens, odds].flatMap((half) => half.get(cellKey(cell)) ?? []);
      const { keys, elements, work } = shape;
      for (const { profile: one, expectedNs } of rank(profile, {
        account,
        keys,
        length: elements / keys,
        work,
      })) {
        const ns = times.get(one.strategy);
        if (ns !== undefined) told[one.basis].push({ error: Math.log(expectedNs / ns), band: one.band });
      }
      for (const [name, decide] of Object.entries(deciders)) {
        // A strategy that the account does not have (threads that keep no data) leaves its user with the loop.
        const chosen = decide({ cell: { account, shape }, profile, known });
        const regret = crossFitted(times.has(chosen) ? chosen : 'for-loop', halves);
        if (regret !== undefined) regrets[name] = [...(regrets[name] ?? []), regret];
      }
    }
  }
  const all = [...told.formula, ...told.interpolation];
  return [
    ...accuracy('measured, all strategies', all),
    ...accuracy('measured, accepted formulas', told.formula),
    // Their bands are meant to be wide.
    ...(told.interpolation.length === 0
      ? []
      : accuracy('measured, rejected formulas', told.interpolation)
    ).map(({ name, seen }) => shown(name, seen)),
    ...regretFigures(regrets),
    ...speeds,
  ];
}

function cellKey({ account, shape: { keys, elements, work, workers } }: DecisionCell): string {
  return [account, keys, elements, work, workers].join(' ');
}

function timesByCell(cells: readonly DecisionCell[]): Map<string, DecisionCell['times']> {
  return new Map(cells.map((cell) => [cellKey(cell), cell.times]));
}

/**
 * What the choice costs, as a share of the best: which one is best is found in one half of the rounds, what it takes in the
 * other, and the mean is taken both ways. The least of several noisy times is too low, so that even a perfect chooser
 * would seem to lose against it (cross-fitting: Chernozhukov and others, "Double/debiased machine learning", 2018).
 * May be below 0. Undefined where a half lacks one of the two.
 */
function crossFitted(chosen: string, halves: readonly DecisionCell['times'][]): number | undefined {
  if (halves.length < 2) return undefined;
  const regrets = halves.flatMap((half, i) => {
    const other = halves[1 - i];
    const best = other.get(fastestIn({ times: half }));
    const ns = other.get(chosen);
    return best === undefined || ns === undefined ? [] : [ns / best - 1];
  });
  return regrets.length < 2 ? undefined : mean(regrets);
}

/** What a decision may rest on: the cell without its times. */
interface Asked {
  readonly cell: Pick<DecisionCell, 'account' | 'shape'>;
  readonly profile: Profile;
  /** The cells that the profile was fitted to. */
  readonly known: readonly DecisionCell[];
}

/** Operations per number, as a programmer would count them: Q of the rule for parallel streams. */
const operations: Readonly<Record<string, (work: number) => number>> = {
  'square-minus-13': () => 2,
  'sqrt-chain': (steps) => 3 * steps,
};

/** Who decides, and for which strategy. */
const deciders: Readonly<Record<string, (asked: Asked) => string>> = {
  choose: ({ cell: { account, shape }, profile }) => {
    const { keys, elements, work } = shape;
    return choose(profile, { account, keys, length: elements / keys, work }).strategy;
  },
  'always for-loop': () => 'for-loop',
  'always SIMD': () => 'wasm-simd',
  'always threads': () => 'worker-threads',
  // The rule of thumb of Java's parallel streams (Lea and others, "When to use parallel streams", 2014).
  'N·Q > 10,000': ({ cell: { shape }, profile }) => {
    const perNumber = operations[profile.kernel.id]?.(shape.work) ?? 1;
    return shape.elements * perNumber > 10_000 ? 'worker-threads' : 'for-loop';
  },
  'nearest neighbour': ({ cell, known }) => {
    const [nearest] = known
      .filter(({ account }) => account === cell.account)
      .sort((a, b) => distance(a.shape, cell.shape) - distance(b.shape, cell.shape));
    return nearest === undefined ? 'for-loop' : fastestIn(nearest);
  },
};

function fastestIn({ times }: Pick<DecisionCell, 'times'>): string {
  return [...times].reduce((best, one) => (one[1] < best[1] ? one : best))[0];
}

/** In factors of keys, length and work. */
function distance(a: Shape, b: Shape): number {
  const factors = [a.keys / b.keys, a.elements / a.keys / (b.elements / b.keys), a.work / b.work];
  return factors.reduce((sum, factor) => sum + Math.log(factor) ** 2, 0);
}

/** Time of the chosen over time of the best, minus one, by decider and cell; `choose` among them. */
type Regrets = Readonly<Record<string, readonly number[]>> & { readonly choose: readonly number[] };

/** The bars of `choose`, and its mean beside that of every other decider. */
function regretFigures(regrets: Regrets): Figure[] {
  const { choose, ...others } = regrets;
  const sorted = [...choose].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  const bar = (name: string, most: number, seen: number): Figure => {
    return {
      name: `regret of choose, ${name}`,
      bar: `≤ ${percent(most)}`,
      seen: percent(seen),
      holds: seen <= most,
    };
  };
  return [
    { name: 'held-out cells', bar: '≥ 60', seen: String(choose.length), holds: choose.length >= 60 },
    bar('median', 0.01, at(0.5)),
    bar('95th percentile', 0.05, at(0.95)),
    bar('worst', 0.25, at(1)),
    ...Object.entries(others).map(([name, theirs]): Figure => {
      const seen = `choose ${percent(mean(choose))}, ${name} ${percent(mean(theirs))}`;
      return { name: `mean regret against ${name}`, bar: 'less', seen, holds: mean(choose) < mean(theirs) };
    }),
  ];
}

const calls = 200_000;

/** How long a decision takes in a program that asks again and again: the median of nine series. */
function decisionTime(profile: Profile, cells: readonly DecisionCell[]): Figure {
  const questions = cells.map(({ account, shape: { keys, elements, work } }): Question => {
    return { account: account as ProfileAccount, keys, length: elements / keys, work };
  });
  let strategies = 0;
  const series = Array.from({ length: 9 }, () => {
    const from = process.hrtime.bigint();
    for (let i = 0; i < calls; i++)
      strategies += choose(profile, questions[i % questions.length]).strategy.length;
    return Number(process.hrtime.bigint() - from) / calls;
  });
  const ns = series.sort((a, b) => a - b)[4];
  // What is never looked at might not be computed either.
  if (strategies === 0) throw new Error('nothing was chosen');
  return { name: 'time of a choice', bar: '< 1 µs', seen: `${ns.toFixed(0)} ns`, holds: ns < 1_000 };
}
