import { singleThreadFamilies } from '../../contract/strategy.js';
import type { Plan } from '../../measure/plan.js';

/** Time for the cells of all parts; starting, charts and the last round of a part come on top. */
const fullMs = 220_000;
const quickMs = 78_000;

/**
 * After how long a part begins no further round: its share of the time that is left, by what its cells cost. What starts
 * workers or a program takes about twice as long as what does not; times of the cells themselves are small here.
 */
export function shareMs(
  plans: readonly Plan[],
  { quick, elapsedMs }: { quick: boolean; elapsedMs: number },
): number {
  const weights = plans.map(weightOf);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const leftMs = Math.max(0, (quick ? quickMs : fullMs) - elapsedMs);
  return all === 0 ? 0 : (leftMs * (weights[0] ?? 0)) / all;
}

function weightOf({ header, runnable }: Plan): number {
  const light = new Set(
    header.strategies.filter(({ family }) => singleThreadFamilies.includes(family)).map(({ label }) => label),
  );
  return runnable.reduce((sum, { strategy }) => sum + (light.has(strategy) ? 1 : 2), 0);
}
