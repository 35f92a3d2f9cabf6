import { median, samplesOf } from '../../analysis/round-logs.js';
import type { Account, CellRecord, Results } from '../../results/format.js';
import { oneLine, table } from '../plain-text.js';
import { formatBytes, formatNs, formatPercent } from '../units.js';

const head = [
  'round',
  'place in the run',
  'life of its process',
  'one-shot',
  'warm',
  'resident',
  'peak memory',
  'fixed work before it',
  'taken by others',
];

/** A cell's records, one row per round: median of the samples (how many) per account, memory, the machine around it. */
export function recordsTable({ records }: Results, cell: string): string {
  const own = records.filter((record) => record.cell === cell);
  if (own.length === 0) return 'None: it was never run.';
  return table(head, own.map(row));
}

function row({ round, order, elapsedMs, outcome, machine }: CellRecord): string[] {
  const about = [`${round + 1}`, `${order + 1}`, formatNs(1e6 * elapsedMs)];
  const around = [
    machine === undefined ? '–' : formatNs(machine.spinNs),
    machine?.othersShare === undefined ? '–' : formatPercent(machine.othersShare),
  ];
  if (outcome.status !== 'measured')
    return [...about, `${outcome.status}: ${oneLine(outcome.message)}`, '–', '–', '–', ...around];
  const time = (account: Account) => {
    const samples = samplesOf(outcome, account);
    return samples === undefined ? '–' : `${formatNs(median(samples))} (${samples.length})`;
  };
  return [
    ...about,
    time('one-shot'),
    time('warm'),
    time('resident'),
    formatBytes(outcome.peakBytes),
    ...around,
  ];
}
