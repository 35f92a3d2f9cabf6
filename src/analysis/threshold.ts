import type { Judged } from './region.js';
import { fastest } from './rivalry.js';
import type { Entry } from './table.js';
import type { Threshold } from './types.js';

/** Times of both sides at one point of a line, in ns. */
export interface SidesAt {
  readonly value: number;
  readonly challengerNs: number;
  readonly incumbentNs: number;
}

/**
 * The threshold of a line, by the fastest of each side at its points; undefined where fewer than two of them have times
 * of both sides.
 */
export function thresholdOf(points: readonly Judged[]): Threshold | undefined {
  const sides = points.flatMap(({ value, challengers, incumbents }): SidesAt[] => {
    const [challengerNs, incumbentNs] = [timeOf(challengers), timeOf(incumbents)];
    return challengerNs === undefined || incumbentNs === undefined
      ? []
      : [{ value, challengerNs, incumbentNs }];
  });
  return sides.length < 2 ? undefined : bestThreshold(sides);
}

function timeOf(entries: readonly Entry[]): number | undefined {
  const best = fastest(entries);
  return best?.state.kind === 'measured' ? best.state.time.value : undefined;
}

/**
 * The one threshold that loses least against taking the faster side at every point. It says what a user gives up who
 * keeps one number in mind in place of a map: nothing with a single crossover, something with a band or a cliff.
 */
export function bestThreshold(points: readonly SidesAt[]): Threshold {
  const sorted = [...points].sort((a, b) => a.value - b.value);
  const starts = [...sorted.map(({ value }) => value), Number.POSITIVE_INFINITY];
  const rules = starts.flatMap((from) =>
    (['challenger', 'incumbent'] as const).map((above) => ({
      from,
      above,
      loss: lossOf(sorted, from, above),
    })),
  );
  return rules.reduce((best, rule) => (rule.loss < best.loss ? rule : best));
}

/** Also of a rule that was found on other times: the exact loss of a threshold that was estimated. */
export function lossOf(points: readonly SidesAt[], from: number, above: Threshold['above']): number {
  const losses = points.map(({ value, challengerNs, incumbentNs }) => {
    const challenger = value >= from === (above === 'challenger');
    return (challenger ? challengerNs : incumbentNs) / Math.min(challengerNs, incumbentNs) - 1;
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}
