/** Two groups of log times. */
export interface Modes {
  readonly lower: number;
  readonly upper: number;
  /** The least value of the upper group. */
  readonly border: number;
  /** Members of the smaller group over all. */
  readonly share: number;
}

/** Modes nearer than this to each other are noise. */
const leastGap = 0.05;
/** A single slow sample is an outlier, not a mode. */
const leastShare = 0.2;
const leastMembers = 3;
/**
 * Share of the variance that the split explains. The best split of values from one normal distribution explains 64 %
 * when they are many and, with 8, above 95 % in under 1 % of cases (simulated; see settling.test.ts).
 */
const leastExplained = 0.95;

/** The best split of values into two groups, where it is too good for one group; undefined for one mode. */
export function twoModes(logs: readonly number[]): Modes | undefined {
  const sorted = [...logs].sort((a, b) => a - b);
  const count = sorted.length;
  const least = Math.max(leastMembers, Math.ceil(leastShare * count));
  if (count < 2 * least) return undefined;
  const total = sorted.reduce((sum, value) => sum + value, 0);
  const spread = sorted.reduce((sum, value) => sum + (value - total / count) ** 2, 0);
  let best: Modes & { readonly between: number } = { lower: 0, upper: 0, border: 0, share: 0, between: 0 };
  let below = sorted.slice(0, least - 1).reduce((sum, value) => sum + value, 0);
  for (let size = least; size <= count - least; size++) {
    below += sorted[size - 1];
    const [lower, upper] = [below / size, (total - below) / (count - size)];
    // Variance between two groups: n₁n₂/n · (difference of means)².
    const between = ((size * (count - size)) / count) * (upper - lower) ** 2;
    if (between > best.between) {
      const share = Math.min(size, count - size) / count;
      best = { lower, upper, border: sorted[size], share, between };
    }
  }
  const { between, ...modes } = best;
  const apart = modes.upper - modes.lower >= leastGap && between >= leastExplained * spread;
  return apart ? modes : undefined;
}
