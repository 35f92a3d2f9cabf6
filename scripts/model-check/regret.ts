import type { Figure } from '../figures/figure.js';
import { percent } from '../proofs/proof.js';

/** Time of the chosen over time of the best, minus one, by decider and cell; `choose` among them. */
export type Regrets = Readonly<Record<string, readonly number[]>> & { readonly choose: readonly number[] };

/** The bars of `choose`, and its mean beside that of every other decider. */
export function regretFigures(regrets: Regrets): Figure[] {
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

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
