import { isSustained } from '../cell-details.js';
import { fullRounds, leastRounds, meanOf } from '../estimate.js';
import { mean } from '../round-logs.js';
import { tQuantile, twoSidedP } from '../student.js';
import type { Table } from '../table.js';
import type { AccountAnalysis } from '../types.js';
import { type Doubt, wholeRun } from './finding.js';

export const quickRun: Doubt = ({ table: { header } }) =>
  header.quick ? [{ id: 'quick-run', severity: 'note', ...wholeRun, facts: {} }] : [];

export const olderSeries: Doubt = ({ table: { header } }) =>
  !isSustained(header)
    ? [{ id: 'older-series', severity: 'note', ...wholeRun, facts: { version: header.version } }]
    : [];

export const fewRounds: Doubt = ({ table: { header }, accounts }) => {
  const rounds = mostRounds(accounts);
  if (rounds === undefined || rounds >= fullRounds) return [];
  const none = rounds < leastRounds;
  // It stopped because that was enough.
  if (header.until === 'answered' && !none) return [];
  // That a quick run has few rounds is said of it already.
  if (header.quick && !none) return [];
  return [{ id: 'few-rounds', severity: none ? 'warning' : 'note', ...wholeRun, facts: { rounds } }];
};

/** Rounds of the cell that has most: one lost cell does not weaken the others. */
function mostRounds(accounts: readonly AccountAnalysis[]): number | undefined {
  const rounds = accounts.flatMap(({ points }) =>
    points.flatMap(({ cells }) =>
      cells.flatMap(({ state }) => (state.kind === 'measured' ? [state.time.rounds] : [])),
    ),
  );
  return rounds.length === 0 ? undefined : rounds.reduce((most, each) => Math.max(most, each));
}

/** Smaller effects are not worth a sentence. */
const leastShift = 0.03;
const doubtLevel = 0.99;

/**
 * How slow each round was: mean over all cells of (warm log time − the cell's mean), one number per round, in order.
 * Only cells that have a time in every round: others would bring their own mean.
 */
function roundShifts(table: Table): number[] {
  const cells = table.all('warm').filter(({ state }) => state.kind === 'measured');
  const rounds = Math.max(0, ...cells.map(({ logs }) => logs.length));
  const whole = cells.filter(({ logs }) => logs.length === rounds && !logs.some(Number.isNaN));
  return Array.from({ length: whole.length === 0 ? 0 : rounds }, (_, round) =>
    mean(whole.map((entry) => entry.logs[round] - meanOf(entry.logs).mean)),
  );
}

/** Round 0 against a prediction interval from the others: their spread, and the doubt about their mean. */
export const firstRoundSlower: Doubt = ({ table }) => {
  const [first, ...others] = roundShifts(table);
  if (others.length < 3) return [];
  const middle = mean(others);
  const spread = Math.sqrt(others.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (others.length - 1));
  const reach = tQuantile(doubtLevel, others.length - 1) * spread * Math.sqrt(1 + 1 / others.length);
  const shift = first - middle;
  if (shift < leastShift || shift <= reach) return [];
  return [
    {
      id: 'first-round-slower',
      severity: 'warning',
      ...wholeRun,
      facts: { slower: Math.expm1(shift) },
    },
  ];
};

/** Slope of the rounds' shifts (least squares), from the first round to the last. */
export const driftOverRounds: Doubt = ({ table }) => {
  const shifts = roundShifts(table);
  const count = shifts.length;
  if (count < 4) return [];
  const centre = (count - 1) / 2;
  const spread = shifts.reduce((sum, _, round) => sum + (round - centre) ** 2, 0);
  const slope = shifts.reduce((sum, shift, round) => sum + (round - centre) * shift, 0) / spread;
  const rest = shifts.reduce((sum, shift, round) => sum + (shift - slope * (round - centre)) ** 2, 0);
  const error = Math.sqrt(rest / (count - 2) / spread);
  const drift = slope * (count - 1);
  if (Math.abs(drift) < leastShift || twoSidedP(slope / error, count - 2) > 1 - doubtLevel) return [];
  return [
    {
      id: 'drift-over-rounds',
      severity: 'warning',
      ...wholeRun,
      facts: { change: Math.expm1(drift) },
    },
  ];
};
