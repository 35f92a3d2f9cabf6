import { accounts, tableOf } from '../../src/analysis/table.js';
import type { Shape } from '../../src/choose/choose.js';
import { pointKey } from '../../src/contract/axes.js';
import type { Account } from '../../src/contract/scenario.js';
import { observe } from '../../src/model/observation.js';
import type { CellHeader, Results } from '../../src/results/format.js';

/** All strategies at one point in one account. */
export interface DecisionCell {
  readonly account: Account;
  readonly shape: Shape;
  /** Measured, ns. */
  readonly times: ReadonlyMap<string, number>;
}

/** What is fitted, and what it is tried on. */
export interface Split {
  readonly train: Results;
  readonly held: Results;
}

/** Points at which a decision is to be made: two strategies at least. */
export function decisionCells(results: Results): DecisionCell[] {
  const table = tableOf(results, 2);
  return accounts.flatMap((account) => {
    const cells = new Map<string, { account: Account; shape: Shape; times: Map<string, number> }>();
    for (const { strategy, observations } of observe(table, account)) {
      for (const { point, shape, ns } of observations) {
        const cell = cells.get(pointKey(point)) ?? { account, shape, times: new Map() };
        cell.times.set(strategy, ns);
        cells.set(pointKey(point), cell);
      }
    }
    return [...cells.values()].filter(({ times }) => times.size > 1);
  });
}

/** A run with one of its rows or columns left out, for each of them; axes with less than four values have none to spare. */
export function rowSplits(results: Results): Split[] {
  const { cells } = results.header;
  const axes = new Set(cells.flatMap(({ point }) => Object.keys(point)));
  return [...axes].flatMap((axis) => {
    const values = [...new Set(cells.map(({ point }) => point[axis]))].sort((a, b) => Number(a) - Number(b));
    if (values.length < 4) return [];
    // Without an end of the axis its row would lie beyond what was measured, where nothing is promised.
    return values.slice(1, -1).map((value) => {
      const part = (inRow: boolean) => only(results, ({ point }) => (point[axis] === value) === inRow);
      return { train: part(false), held: part(true) };
    });
  });
}

/** Every other round of a run, and the others: what is found to be best in one half is no luck in the other. */
export function roundHalves(results: Results): readonly [Results, Results] {
  const half = (parity: number) => ({
    ...results,
    records: results.records.filter(({ round }) => round % 2 === parity),
  });
  return [half(0), half(1)];
}

/** A run with some of its cells. */
export function only(results: Results, keep: (cell: CellHeader) => boolean): Results {
  const cells = results.header.cells.filter(keep);
  const ids = new Set(cells.map(({ id }) => id));
  return {
    ...results,
    header: { ...results.header, cells },
    records: results.records.filter(({ cell }) => ids.has(cell)),
  };
}
