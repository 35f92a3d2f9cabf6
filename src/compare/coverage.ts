import type { Entry } from '../analysis/table.js';
import type { CellState, SomeRounds } from '../analysis/types.js';
import { pairsOf, type Twin } from './twin.js';
import type { Coverage, FailureChange, UncomparedCell } from './types.js';

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

/**
 * Cells that have no times on head, or had none on base. A wrong answer on head is red whatever it was before, and
 * however fast; a crash or a limit where it is new, what the machine refused never. Cells that only head has count too.
 */
export function failureChanges(twin: Twin): FailureChange[] {
  const pairs = new Map(pairsOf(twin, 'one-shot').map(({ base, head }) => [head, base]));
  return twin.head.all('one-shot').flatMap((head) => changeOf(twin.scenario, pairs.get(head), head));
}

function changeOf(scenario: string, base: Entry | undefined, head: Entry): FailureChange[] {
  const { strategy, cell } = head;
  const identity = { scenario, strategy: strategy.label, point: cell.point };
  const [was, is] = [base && failureOf(base.state), failureOf(head.state)];
  if (is !== undefined) {
    const before = was?.how === is.how;
    return [{ ...identity, ...is, before, red: is.how === 'wrong' || (!before && is.how !== 'refused') }];
  }
  if (was === undefined || head.state.kind !== 'measured') return [];
  return [{ ...identity, ...was, how: 'fixed', before: true, red: false }];
}

function failureOf(state: CellState): Pick<FailureChange, 'how' | 'reason' | 'in'> | undefined {
  if (state.kind === 'failed') return { how: state.how, reason: state.reason, ...inSome(state) };
  if (state.kind !== 'bound') return undefined;
  return { how: state.by === 'machine' ? 'refused' : 'limit', reason: state.reason, ...inSome(state) };
}

/** In how many of its rounds a cell failed, where it was not in all of them. */
function inSome(state: { readonly in?: SomeRounds }): { readonly in?: SomeRounds } {
  return state.in === undefined ? {} : { in: state.in };
}
