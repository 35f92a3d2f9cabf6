import type { Comparison } from '../../src/compare/types.js';
import type { Figure } from '../figures/figure.js';

/** What is asked of the real clock: the same code, the same under a load that begins half-way, and 20 % more work. */
export type Kind = 'equal' | 'load' | 'slower';

/** One comparison that was measured. */
export interface RealLine {
  readonly kind: Kind;
  readonly verdict: Comparison['verdict'];
  readonly red: readonly string[];
  readonly headline: string;
  readonly seconds: number;
}

/** What the real comparisons must say. An unfit machine is an answer, too, but for more than two of the quiet ones. */
export function realFigures(lines: readonly RealLine[]): Figure[] {
  const of = (kind: Kind) => lines.filter((line) => line.kind === kind);
  const red = (all: readonly RealLine[]) => all.filter(({ verdict }) => verdict === 'regression').length;
  const unfit = (all: readonly RealLine[]) => all.filter(({ verdict }) => verdict === 'unfit').length;
  const [equal, load, slower] = [of('equal'), of('load'), of('slower')];
  const named = slower.filter(({ verdict, red }) => verdict === 'regression' && red.join() === 'own').length;
  return [
    figure('equal code, quiet machine: red', 'none', red(equal), equal, (count) => count === 0),
    figure('equal code, quiet machine: unfit', '≤ 2', unfit(equal), equal, (count) => count <= 2),
    figure('equal code, a load from half-way on: red', 'none', red(load), load, (count) => count === 0),
    figure('equal code, a load from half-way on: unfit', 'printed, no bar', unfit(load), load, () => true),
    figure(
      '20 % more real work in one strategy: red, and it alone is named',
      'all',
      named,
      slower,
      (count) => count === slower.length,
    ),
  ];
}

function figure(
  name: string,
  bar: string,
  count: number,
  { length }: readonly RealLine[],
  holds: (count: number) => boolean,
): Figure {
  return { name: `real clock, ${name}`, bar, seen: `${count} of ${length}`, holds: holds(count) };
}
