import { compare } from '../../compare/compare.js';
import { plainLimits } from '../../compare/limits.js';
import { isSettled } from '../../compare/settled.js';
import { type SideName, splitCell, type TwinPlan } from '../../measure/interleaved/plan.js';
import type { RunState } from '../../measure/measure.js';
import type { Pair } from '../../planner/pairs.js';
import type { CellRecord, Results } from '../../results/format.js';

/** Enough for a decision that the report makes anew. */
const draws = 200;

/** Pairs that need no further round. */
export function settledPairs(twin: TwinPlan, state: RunState): ReadonlySet<Pair> {
  const [base, head] = resultsOf(twin, state.records);
  // Where every cell fails on one side, there is nothing to compare, and nothing to wait for.
  if (![base, head].every(({ records }) => records.some(({ outcome }) => outcome.status === 'measured')))
    return new Set(twin.pairs);
  const comparison = compare(
    { name: 'base', runs: [base] },
    { name: 'head', runs: [head] },
    { limits: plainLimits(), draws },
  );
  const cells = new Map(twin.plan.header.cells.map((cell) => [cell.id, cell]));
  return new Set(
    twin.pairs.filter(({ base: id }) => {
      const cell = cells.get(id);
      return cell !== undefined && isSettled(comparison, cell);
    }),
  );
}

function resultsOf({ headers }: TwinPlan, records: readonly CellRecord[]): [Results, Results] {
  const of = (side: SideName): Results => ({
    header: headers[side],
    records: records.flatMap((record) => {
      const { side: own, cell } = splitCell(record.cell);
      return own === side ? [{ ...record, cell }] : [];
    }),
    notes: [],
  });
  return [of('base'), of('head')];
}
