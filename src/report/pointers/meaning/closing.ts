import type { RunHeader } from '../../../results/format.js';
import type { Place } from './page.js';
import { cell, type MeaningRule, measuredRounds, type Subject } from './rule.js';

const reproduce = /^How to reproduce it$/;

/** The last sections: claims, doubts, failures, and how to reproduce it. */
export const closingRules: readonly MeaningRule[] = [
  {
    section: /^The source's claims$/,
    before: /^- \*\*[^*]+\*\* \([\w-]+\): "((?!": ).)*$/,
    leads: /^analysis:\/claims\/\d+\/claim\/says$/,
  },
  { section: /^The source's claims$/, line: /^- \*\*/, leads: /^analysis:\/claims\/\d+\/because$/ },
  {
    section: /^Doubts$/,
    line: /^- \*\*/,
    leads: /^analysis:\/(findings\/\d+\/(sentence|advice)|notes\/\d+)$/,
  },

  { section: /^What failed/, before: /hit its limit, over $/, leads: cell('any', 'state/overNs') },
  {
    section: /^What failed/,
    before: / and $/,
    after: /^ more points/,
    leads: /^analysis:\/accounts\/\d\/points\/\d+\/(cells\/\d+\/)?point$|^header:\/cells\/\d+\/point$/,
    whose: 'anyone',
  },
  { section: /^What failed/, line: /^- `/, leads: cell('any', 'state/reason') },

  { section: reproduce, before: /^- Seed $/, leads: /^header:\/seed$/ },
  { section: reproduce, after: /^ rounds planned/, leads: /^header:\/rounds$/ },
  { section: reproduce, before: /planned, $/, after: /^ measured/, ...measuredRounds },
  {
    section: reproduce,
    line: /^- Scenario /,
    before: /^[^(]*\([^)]*$/,
    leads: /^header:\/scenario\/kernel\/title$/,
  },
  {
    section: reproduce,
    line: /^- Scenario /,
    leads: /^header:\/scenario\/kernel\/options\/[^/]+$/,
    also: optionProblem,
  },
  {
    section: reproduce,
    line: /^- Calibrated /,
    leads: /^header:\/calibration\/options\/[^/]+$/,
    also: optionProblem,
  },
  { section: reproduce, line: /^- Data: /, after: /^ keys, /, leads: /^header:\/scenario\/data\/keys$/ },
  {
    section: reproduce,
    line: /^- Data: /,
    after: /^ numbers, lists of/,
    leads: /^header:\/scenario\/data\/elements$/,
  },
  {
    section: reproduce,
    line: /^- Data: /,
    before: /, lists of $/,
    leads: /^header:\/scenario\/data\/shortest$/,
  },
  {
    section: reproduce,
    line: /^- Data: /,
    before: /, lists of \d+ to $/,
    leads: /^header:\/scenario\/data\/longest$/,
  },
  {
    section: reproduce,
    line: /^- Data: /,
    after: /^ missing values/,
    leads: /^header:\/scenario\/data\/missing$/,
  },
  { section: reproduce, line: /^- Data: /, leads: /^header:\/scenario\/data\/name$/ },
  { section: reproduce, before: /, results format $/, leads: /^header:\/version$/ },
  { section: reproduce, before: /, run \S*$/, leads: /^header:\/run$/ },
  { section: reproduce, before: /, run \S+ of \S*$/, leads: /^header:\/createdAt$/ },
  { section: reproduce, after: /, results format /, leads: /^header:\/tool$/ },
  {
    section: reproduce,
    before: /largest cell estimated at $/,
    leads: /^header:\/cells\/\d+\/estimatedBytes$/,
    whose: 'anyone',
    also: largestProblem,
  },
];

function largestProblem(_place: Place, { pointer, chains }: Subject): string | undefined {
  const [{ cells }] = chains[0] as [RunHeader];
  const most = Math.max(...cells.map(({ estimatedBytes }) => estimatedBytes));
  return chains[0].at(-1) === most ? undefined : `${pointer.from[0]} is not the largest`;
}

function optionProblem({ before }: Place, { pointer }: Subject): string | undefined {
  const name = pointer.from[0].split('/').at(-1) ?? '';
  return new RegExp(`(^|[ ,:)])${name} \\S*$`).test(before)
    ? undefined
    : `${pointer.from[0]} is another option`;
}
