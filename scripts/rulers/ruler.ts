import { Needs } from '../../src/plugins/external/start.js';
import { median, type Seen } from '../figures/figure.js';

/** One figure of the rulers: seen, with a bar where the same run can judge it. */
export type Ruler = Seen;

/** A ratio with its bar. */
export function ratioRuler(name: string, ratio: number, most?: number): Ruler {
  const seen = `${ratio < 0.2 ? ratio.toPrecision(2) : ratio.toFixed(2)}×`;
  return most === undefined ? { name, seen } : { name, seen, bar: `≤ ${most}×`, holds: ratio <= most };
}

/** What is measured against something that may not be installed: one line that says so, where it is not. */
export async function unlessNeeded(name: string, measure: () => Promise<Ruler[]>): Promise<Ruler[]> {
  try {
    return await measure();
  } catch (cause) {
    if (!(cause instanceof Needs)) throw cause;
    return [{ name, seen: 'skipped', needs: `needs ${cause.message}` }];
  }
}

/** Median over rounds of one time over another, both taken in each round, in turns. */
export async function ratioOf(
  rounds: number,
  above: (round: number) => Promise<number>,
  below: (round: number) => Promise<number>,
): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [above, below] : [below, above];
    const [first, second] = [await order[0](round), await order[1](round)];
    ratios.push(round % 2 === 0 ? first / second : second / first);
  }
  return median(ratios);
}
