import type { Entry } from '../table.js';
import { type Concerned, concerning, type Doubt, wholeRun } from './finding.js';

export const nothingMeasured: Doubt = ({ table }) => {
  if (table.all('one-shot').some(({ state }) => state.kind === 'measured')) return [];
  return [{ id: 'nothing-measured', severity: 'blocker', ...wholeRun, facts: {} }];
};

export const interrupted: Doubt = ({ table, interrupted: stopped }) => {
  if (!stopped) return [];
  const missing = table.all('one-shot').filter(({ state }) => state.kind === 'missing');
  return [
    {
      id: 'interrupted',
      severity: 'warning',
      ...concerningEntries(missing),
      facts: { records: table.records.length },
    },
  ];
};

export const cellsFailed: Doubt = ({ table }) => {
  const failed = table.all('one-shot').filter(({ state }) => state.kind === 'failed');
  return (['wrong', 'crashed'] as const).flatMap((how) => {
    const cells = failed.filter(({ state }) => state.kind === 'failed' && state.how === how);
    return cells.length === 0
      ? []
      : [
          {
            id: `cells-${how}` as const,
            severity: 'warning' as const,
            ...concerningEntries(cells),
            facts: {},
          },
        ];
  });
};

/** What a finding about some entries is about. */
export function concerningEntries(entries: readonly Entry[]) {
  return concerning(
    entries.map(({ strategy, cell }): Concerned => ({ strategy: strategy.label, cell: cell.id })),
  );
}
