/** Least squares with coefficients that are not negative. */
export interface Solution {
  readonly coefficients: readonly number[];
  /** Indices of those above zero. */
  readonly active: readonly number[];
  /** (AᵀA)⁻¹ over the active ones, in their order: times the variance of a row it is their covariance. */
  readonly inverse: readonly (readonly number[])[];
}

/**
 * Minimises |A·c − b| over c ≥ 0: the active-set method of Lawson and Hanson, "Solving Least Squares Problems" (1974),
 * chapter 23, on the normal equations, with columns scaled to length one. A column that others can replace stays at 0.
 */
export function nnls(rows: readonly (readonly number[])[], target: readonly number[]): Solution {
  const count = rows[0]?.length ?? 0;
  const scale = columnLengths(rows, count);
  const a = rows.map((row) => row.map((value, j) => value / scale[j]));
  const gram = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (__, j) => dot(a, i, (row) => row[j])),
  );
  const projected = Array.from({ length: count }, (_, i) => dot(a, i, (_row, at) => target[at]));
  const tolerance = 1e-10 * Math.max(1e-300, ...projected.map(Math.abs));
  let c: number[] = new Array(count).fill(0);
  const active: number[] = [];
  const hopeless = new Set<number>();
  for (let step = 0; step < 10 * count; step++) {
    const gradient = projected.map((value, i) => value - gram[i].reduce((sum, g, j) => sum + g * c[j], 0));
    const next = steepest(gradient, active, hopeless, tolerance);
    if (next === undefined) break;
    active.push(next);
    let trial = solveActive(gram, projected, active);
    // A column that others can replace, or that would come out negative at once, has nothing to add.
    if (trial === undefined || !(trial[active.length - 1] > 0)) {
      active.pop();
      hopeless.add(next);
      continue;
    }
    hopeless.clear();
    while (trial?.some((value) => value <= 0)) {
      c = stepTowards(c, active, trial);
      for (let at = active.length - 1; at >= 0; at--)
        if (c[active[at]] <= 1e-14) c[active.splice(at, 1)[0]] = 0;
      trial = solveActive(gram, projected, active);
    }
    c = new Array(count).fill(0);
    for (const [at, i] of active.entries()) c[i] = trial?.[at] ?? 0;
  }
  const inverse = inverted(active.map((i) => active.map((j) => gram[i][j]))) ?? [];
  return {
    coefficients: c.map((value, i) => value / scale[i]),
    active,
    inverse: inverse.map((row, i) => row.map((value, j) => value / scale[active[i]] / scale[active[j]])),
  };
}

function columnLengths(rows: readonly (readonly number[])[], count: number): number[] {
  return Array.from(
    { length: count },
    (_, j) => Math.sqrt(rows.reduce((sum, row) => sum + row[j] ** 2, 0)) || 1,
  );
}

function dot(
  rows: readonly (readonly number[])[],
  i: number,
  other: (row: readonly number[], at: number) => number,
): number {
  return rows.reduce((sum, row, at) => sum + row[i] * other(row, at), 0);
}

function steepest(
  gradient: readonly number[],
  active: readonly number[],
  hopeless: ReadonlySet<number>,
  tolerance: number,
): number | undefined {
  let best: number | undefined;
  for (const [i, value] of gradient.entries()) {
    if (active.includes(i) || hopeless.has(i) || value <= tolerance) continue;
    if (best === undefined || value > gradient[best]) best = i;
  }
  return best;
}

/** As far from `c` towards the trial as no coefficient becomes negative. */
function stepTowards(c: readonly number[], active: readonly number[], trial: readonly number[]): number[] {
  const shares = active.map((i, at) => (trial[at] <= 0 ? c[i] / (c[i] - trial[at]) : 1));
  const share = Math.min(...shares);
  const moved = [...c];
  for (const [at, i] of active.entries()) moved[i] = c[i] + share * (trial[at] - c[i]);
  return moved;
}

function solveActive(
  gram: readonly (readonly number[])[],
  projected: readonly number[],
  active: readonly number[],
): number[] | undefined {
  const inverse = inverted(active.map((i) => active.map((j) => gram[i][j])));
  return inverse?.map((row) => row.reduce((sum, value, j) => sum + value * projected[active[j]], 0));
}

/** Gauss and Jordan with pivots; undefined where columns depend on each other. At most seven by seven here. */
function inverted(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++)
      if (Math.abs(work[row][column]) > Math.abs(work[pivot][column])) pivot = row;
    if (!(Math.abs(work[pivot][column]) > 1e-9)) return undefined;
    [work[column], work[pivot]] = [work[pivot], work[column]];
    const by = work[column][column];
    work[column] = work[column].map((value) => value / by);
    for (let row = 0; row < n; row++) {
      if (row === column || work[row][column] === 0) continue;
      const times = work[row][column];
      work[row] = work[row].map((value, j) => value - times * work[column][j]);
    }
  }
  return work.map((row) => row.slice(n));
}
