import { pointKey } from '../../contract/axes.js';
import { labelsOf } from '../label.js';
import { median } from '../round-logs.js';
import { type Table, tableOf } from '../table.js';
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

/** Labels have closed forms: the fewest draws will do. */
const draws = 2;

/**
 * Pools have more slow calls than loops: by the median call one may win that loses over all calls. A server pays for all
 * of them; somebody who waits for a single answer mostly sees the typical one.
 */
export const typicalCallDiffers: Doubt = ({ table, accounts }) => {
  const typical = tableOf({ header: table.header, records: [...table.records], notes: [] }, draws, 'median');
  const differing = accounts.flatMap(({ account, points }) => {
    if (account === 'one-shot') return [];
    const winners = winnersOf(typical, account);
    return points.flatMap(({ point, label, cells }) => {
      const byMedian = winners.get(pointKey(point));
      if (label.kind !== 'winner' || byMedian === undefined || byMedian === label.strategy) return [];
      const place = { account, point, byMean: label.strategy, byMedian };
      const concerned = cells.filter(({ strategy }) => strategy === byMedian || strategy === label.strategy);
      return [{ place, concerned }];
    });
  });
  if (differing.length === 0) return [];
  return [
    {
      id: 'typical-call-differs',
      severity: 'warning',
      ...concerning(differing.flatMap(({ concerned }) => concerned)),
      facts: { places: differing.map(({ place }) => place) },
    },
  ];
};

function winnersOf(table: Table, account: 'warm' | 'resident'): ReadonlyMap<string, string> {
  const labels = labelsOf(
    table.points.map((point) => table.at(account, point)),
    table.header,
  );
  return new Map(
    labels.flatMap((label, i) =>
      label.kind === 'winner' ? [[pointKey(table.points[i]), label.strategy]] : [],
    ),
  );
}
