import type { CellState } from '../analysis/types.js';
import { inSome } from './failures.js';
import { pairsOf, type Twin } from './twin.js';
import type { Coverage, UncomparedCell } from './types.js';

/**
 * How much of what both sides have was held against each other. A cell counts once, whatever its accounts: it is
 * compared where it has times on both sides. Without this, a comparison of nothing would look like one that found nothing.
 */
export function coverageOf(twins: readonly Twin[]): Coverage {
  const cells = twins.flatMap((twin) =>
    pairsOf(twin, 'one-shot')
      // What cannot run on one side is only on the other: a new or removed cell.
      .filter(({ base, head }) => [base, head].every(({ state }) => state.kind !== 'not applicable'))
      .map(({ base, head }) => ({
        compared: [base, head].every(({ state }) => state.kind === 'measured'),
        cell: {
          scenario: twin.scenario,
          strategy: head.strategy.label,
          point: head.cell.point,
          ...reasonsOf(base.state, head.state),
        },
      })),
  );
  const uncompared = cells.filter(({ compared }) => !compared).map(({ cell }) => cell);
  return { cells: cells.length, compared: cells.length - uncompared.length, uncompared };
}

function reasonsOf(base: CellState, head: CellState): Pick<UncomparedCell, 'base' | 'head'> {
  const [before, after] = [reasonOf(base), reasonOf(head)];
  return {
    ...(before === undefined ? {} : { base: before }),
    ...(after === undefined ? {} : { head: after }),
  };
}

function reasonOf(state: CellState): UncomparedCell['base'] {
  switch (state.kind) {
    case 'measured':
      return undefined;
    case 'failed':
      return { how: state.how, reason: state.reason, ...inSome(state) };
    case 'bound':
      return { how: 'limit', reason: state.reason, ...inSome(state) };
    case 'not applicable':
    case 'missing':
      return { how: 'not measured', reason: 'the run ended before it was measured' };
  }
}
