/** What counts as found. */
export const alpha = 0.05;

/**
 * Holm's adjusted p-values, in the order given: `adjusted[i] < alpha` for all i keeps the chance of even one false
 * finding among them below alpha, whatever their correlation (Holm, "A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6, 1979).
 *
 * Why Holm and not a false-discovery rate: a reader takes a single named winner out of a map and acts on it, so one
 * false name is the error to control; and the tests of a map share rounds, so independence cannot be assumed.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const adjusted = new Array<number>(ps.length).fill(1);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, ps[i] * (ps.length - rank)));
    adjusted[i] = largest;
  });
  return adjusted;
}
