import { pointKey } from '../../contract/axes.js';
import { labelsOf } from '../label.js';
import { type Table, tableOf } from '../table.js';
import { concerning, type Doubt } from './finding.js';

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
