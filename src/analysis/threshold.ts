/** Times of both sides at one point of a line, in ns. */
export interface SidesAt {
  readonly value: number;
  readonly challengerNs: number;
  readonly incumbentNs: number;
}

/** "The challenger from here on" (or below), and what that rule of thumb costs. */
export interface Threshold {
  /** First value of the upper side; infinite where one side is taken everywhere. */
  readonly from: number;
  /** Who is taken from there on; the other one below. */
  readonly above: 'challenger' | 'incumbent';
  /** Mean over the points of (time by the rule / best time − 1). */
  readonly loss: number;
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
