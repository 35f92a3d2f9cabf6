import { median } from '../round-logs.js';
import { twoModes } from '../two-modes.js';
import { concerningEntries } from './completeness.js';
import { concerning, type Doubt } from './finding.js';

/** Single cells of many show two groups of rounds by chance. */
const leastCells = 0.05;

export const notSettled: Doubt = ({ accounts }) => {
  const cells = accounts.flatMap(({ points }) => points.flatMap((point) => point.cells));
  return (['falling', 'rising', 'jumping'] as const).flatMap((settling) => {
    const such = cells.filter(({ details }) => details.settling === settling);
    if (such.length === 0) return [];
    return [
      {
        id: `series-${settling}` as const,
        severity: 'warning' as const,
        ...concerning(such),
        facts: { series: such.length },
      },
    ];
  });
};

/** Each process is fast or slow as a whole: memory layout, hash seeds, which core it got. */
export const twoModesOfRounds: Doubt = ({ table }) => {
  const entries = table.all('warm').filter(({ state }) => state.kind === 'measured');
  const found = entries.flatMap((entry) => {
    const modes = twoModes([...entry.logs].filter((log) => !Number.isNaN(log)));
    return modes === undefined ? [] : [{ entry, gap: Math.expm1(modes.upper - modes.lower) }];
  });
  if (found.length === 0 || found.length < leastCells * entries.length) return [];
  return [
    {
      id: 'two-modes',
      severity: 'warning',
      ...concerningEntries(found.map(({ entry }) => entry)),
      facts: { apart: median(found.map(({ gap }) => gap)) },
    },
  ];
};
