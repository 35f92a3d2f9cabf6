import { fullRounds, leastRounds } from '../estimate.js';
import type { AccountAnalysis } from '../types.js';
import { type Doubt, wholeRun } from './finding.js';

export const quickRun: Doubt = ({ table: { header } }) =>
  header.quick ? [{ id: 'quick-run', severity: 'note', ...wholeRun, facts: {} }] : [];

/** The first version whose warm series are a sustained life. */
const sustainedVersion = 3;

export const olderSeries: Doubt = ({ table: { header } }) =>
  header.version < sustainedVersion
    ? [{ id: 'older-series', severity: 'note', ...wholeRun, facts: { version: header.version } }]
    : [];

export const fewRounds: Doubt = ({ table: { header }, accounts }) => {
  const rounds = mostRounds(accounts);
  if (rounds === undefined || rounds >= fullRounds) return [];
  const none = rounds < leastRounds;
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
