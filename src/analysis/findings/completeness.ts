import { pointText } from '../point-key.js';
import type { Entry } from '../table.js';
import { type Doubt, plural, some } from './finding.js';

export const nothingMeasured: Doubt = ({ table }) => {
  if (table.all('one-shot').some(({ state }) => state.kind === 'measured')) return [];
  return [
    {
      id: 'nothing-measured',
      severity: 'blocker',
      sentence: 'No cell of this run has a time that counts, so there is no verdict.',
      advice:
        'See what failed or did not apply; with no records at all, the run was stopped before its first cell.',
    },
  ];
};

export const interrupted: Doubt = ({ table, interrupted: stopped }) => {
  if (!stopped) return [];
  const missing = table.all('one-shot').filter(({ state }) => state.kind === 'missing').length;
  const none =
    missing === 0 ? 'every cell was measured at least once' : `${plural(missing, 'cell')} never ran`;
  return [
    {
      id: 'interrupted',
      severity: 'warning',
      sentence: `The run ended early: ${table.records.length} cells and rounds are recorded, ${none}.`,
      advice: 'Cells that never ran could have won. Run it to its end.',
    },
  ];
};

export const cellsFailed: Doubt = ({ table }) => {
  const failed = table.all('one-shot').filter(({ state }) => state.kind === 'failed');
  return (['wrong', 'crashed'] as const).flatMap((how) => {
    const cells = failed.filter(({ state }) => state.kind === 'failed' && state.how === how);
    if (cells.length === 0) return [];
    const what = how === 'wrong' ? 'a wrong answer' : 'a crash';
    return [
      {
        id: `cells-${how}`,
        severity: 'warning' as const,
        sentence: `${plural(cells.length, 'cell')} gave ${what} and take no part in any ranking: ${some(cells.map(nameOf))}.`,
        advice: 'The reasons are among what failed. Fix the strategy, then measure again.',
      },
    ];
  });
};

function nameOf({ strategy, cell }: Entry): string {
  return `${strategy.label} (${pointText(cell.point)})`;
}
