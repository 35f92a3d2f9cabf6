import type { Analysis, CellAnalysis, PointAnalysis } from '../analysis/types.js';

/** A loser has an interval of its own after so many rounds; more of them tell nothing. */
const loserRounds = 4;

/** So much slower than the fastest, between the near ends of both intervals, in every account: clearly out. */
const outBy = 1.25;

/**
 * Cells that more rounds cannot make win, in any account. for-loop and the best single-thread strategy of an account
 * are the yardsticks of every ratio there, and never out.
 */
export function outCells({ accounts }: Analysis): ReadonlySet<string> {
  const out = new Set<string>();
  const in_ = new Set<string>();
  for (const { points } of accounts) {
    for (const point of points) {
      for (const cell of point.cells) {
        if (cell.state.kind === 'measured') (isBehind(cell, point) ? out : in_).add(cell.cell);
      }
    }
  }
  for (const cell of in_) out.delete(cell);
  return out;
}

function isBehind(cell: CellAnalysis, { bestSingleThread, cells }: PointAnalysis): boolean {
  if (cell.strategy === 'for-loop' || cell.strategy === bestSingleThread || cell.state.kind !== 'measured')
    return false;
  const { interval, rounds } = cell.state.time;
  if (interval === undefined || rounds < loserRounds) return false;
  const nearest = Math.min(
    ...cells.flatMap(({ state }) =>
      state.kind === 'measured' ? [state.time.interval?.high ?? state.time.value] : [],
    ),
  );
  return interval.low > outBy * nearest;
}
