import { fullRounds, leastRounds } from '../estimate.js';
import type { Doubt } from './finding.js';
import { plural } from './finding.js';

export const quickRun: Doubt = ({ table: { header } }) => {
  if (!header.quick) return [];
  const note = header.scenario.quickNote;
  const left = note === undefined ? '' : ` It has ${note}.`;
  return [
    {
      id: 'quick-run',
      severity: 'note',
      sentence: `quick: indicative. This run has smaller sweeps and fewer rounds.${left}`,
      advice: 'Run again without --quick before you decide anything.',
    },
  ];
};

export const fewRounds: Doubt = ({ table: { header } }) => {
  if (header.rounds >= fullRounds) return [];
  const none = header.rounds < leastRounds;
  return [
    {
      id: 'few-rounds',
      severity: none ? 'warning' : 'note',
      sentence: none
        ? `${plural(header.rounds, 'round')}: too few for any interval, so no winner is named.`
        : `${plural(header.rounds, 'round')} instead of at least ${fullRounds}: the intervals are wide.`,
      advice: `Use --rounds ${fullRounds} or more.`,
    },
  ];
};
