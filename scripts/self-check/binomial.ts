/** Closed range, 95 %. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Clopper and Pearson's exact interval for a share: `found` of `count`. "The use of confidence or fiducial limits
 * illustrated in the case of the binomial" (Biometrika, 1934). Ends by bisection on the binomial tails.
 */
export function clopperPearson(found: number, count: number): Range {
  if (count === 0) return { low: 0, high: 1 };
  // P(X ≥ found) grows with the share, P(X ≤ found) falls.
  const low = found === 0 ? 0 : shareWhere((share) => 1 - atMost(found - 1, count, share) < 0.025);
  const high = found === count ? 1 : shareWhere((share) => atMost(found, count, share) > 0.025);
  return { low, high };
}

/** The border of a condition that holds for small shares and not for large ones. */
function shareWhere(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let turn = 0; turn < 50; turn++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≤ most) for `count` trials of probability `share`, on the log scale: 0.01^200 is no double. */
function atMost(most: number, count: number, share: number): number {
  let log = count * Math.log1p(-share);
  let sum = Math.exp(log);
  for (let k = 1; k <= most; k++) {
    log += Math.log((count - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}
