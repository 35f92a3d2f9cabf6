import { nearest } from '../tree.js';
import { borderRules } from './borders.js';
import type { Place } from './page.js';
import { cell, type MeaningRule, measuredRounds, type Subject } from './rule.js';

const section = /^The answer$/;
const price = String.raw`analysis:/prices/rows/\d+`;

/** What stands in the first section, and on the line of the machine. */
export const answerRules: readonly MeaningRule[] = [
  { section: /^$/, leads: /^header:\/scenario\/title$/ },
  { section, line: /^\*\*/, leads: /^header:\/scenario\/question$/ },
  { section, before: /^Here \($/, after: /^ (of|cores?)\b/, leads: /^header:\/host\/(usableCores|cores)$/ },
  { section, before: /^Here \(\S+ of $/, after: /^ cores/, leads: /^header:\/host\/cores$/ },
  { section, before: /^Here \([^)]*Node $/, leads: /^header:\/host\/node$/ },
  { section, after: /^ of a core to share/, leads: /^header:\/host\/usableCores$/ },
  { section, before: /stay within $/, leads: /^header:\/margin$/ },
  {
    section,
    before: /(moving a number there and back costs|moving it there and back) $/i,
    leads: /^analysis:\/costs\/\d+\/movingNsPerElement$/,
    whose: 'anyone',
  },
  {
    section,
    before: /(computing it|computing a number costs) $/,
    leads: /^analysis:\/costs\/\d+\/computingNsPerElement$/,
    whose: 'anyone',
  },
  {
    section,
    before: /In place a pool pays all the same: \S+ has a speed-up of $/,
    leads: cell(2, 'speedUp'),
    whose: namedBefore,
  },
  { section, before: /speed-up( of)? $/, leads: cell(1, 'speedUp'), whose: namedBefore },
  {
    section,
    before: /paid for itself after $/,
    text: /\bruns?\b/,
    leads: /^analysis:\/breakEven\/\d+\/uses\/uses$/,
    also: (place, subject) => kindProblem('opening', place, subject),
  },
  {
    section,
    before: /paid for itself after $/,
    text: /\bpass(es)?\b/,
    leads: /^analysis:\/breakEven\/\d+\/uses\/uses$/,
    also: (place, subject) => kindProblem('packing', place, subject),
  },
  { section, after: /^ the for-loop while the data stays packed/, leads: cell(2, 'ratioToForLoop') },
  { section, before: /While the data stays where \S+ computes it is $/, leads: cell(2, 'ratioToForLoop') },
  { section, before: /Packed afresh for every run it is $/, leads: cell(1, 'ratioToForLoop') },
  {
    section,
    before: /\([^()]+: $/,
    after: /^ the for-loop/,
    leads: cell('any', 'ratioToForLoop'),
    whose: namedBefore,
  },
  { section, after: /^ the for-loop/, leads: cell(1, 'ratioToForLoop') },
  { section, before: /^Only $/, after: /^ rounds?/, ...measuredRounds },
  { section, line: /^quick: indicative\./, leads: /^header:\/scenario\/quickNote$/ },
  { section, line: /^This run gives no verdict:/, leads: /^analysis:\/findings\/\d+\/(sentence|advice)$/ },
  { section, after: /^ cells? (failed|hit|not)/, leads: cell(1, 'state'), whose: 'anyone' },
  ...['Measured on: ', '- Machine: '].flatMap(machineRules),
  { section, line: /^Measured on: /, after: /^ rounds?\b/, ...measuredRounds },
  { section, before: /could have seen: about $/, leads: /^analysis:\/smallestDifference$/ },
  { section, after: /^ of processor time/, leads: cell(1, 'details/cpuNs') },
  { section, before: /in a run of $/, leads: cell(1, 'state/time/value') },
  {
    section,
    before: /per number \(([^()]*, )?$/,
    after: /^ at once/,
    leads: new RegExp(`^${price}/figures/\\d+/sizes/\\d+/elements$`),
  },
  {
    section,
    before: /per number \([^()]*\) (from|.* to) $/,
    after: /^ \(/,
    leads: new RegExp(`^${price}/(figures/\\d+/sizes/\\d+/perNumberNs|event/perEventNs)/value$`),
    whose: 'anyone',
    also: pricedProblem,
  },
  {
    section,
    before: /per event (from|.* to) $/,
    after: /^ \(/,
    leads: new RegExp(`^${price}/event/perEventNs/value$`),
    whose: 'anyone',
    also: pricedProblem,
  },
  {
    section,
    line: /the overheads cost/,
    before: /\([^()]*$/,
    leads: new RegExp(`^${price}/price/what$`),
    whose: 'anyone',
  },
  { section, text: /B\/s/, leads: /^analysis:\/bandwidth\/\d+\/bytesPerSecond$/, also: rateProblem },
  { section, before: / on $/, after: /^ workers/, leads: /^analysis:\/bandwidth\/\d+\/workers$/ },
  ...borderRules(String.raw`analysis:/accounts/1/crossovers/\d+`, {
    section,
    whose: 'anyone',
    noPlaces: false,
  }),
];

/** The machine, on the line that begins so. */
function machineRules(start: string): MeaningRule[] {
  const line = new RegExp(`^${start}`);
  const at = { line, whose: 'anyone' } as const;
  return [
    { ...at, after: /^ cores? usable/, leads: /^header:\/host\/(usableCores|cores)$/ },
    { ...at, after: /^ of \S+ cores usable/, leads: /^header:\/host\/usableCores$/ },
    { ...at, after: /^ memory,/, leads: /^header:\/host\/memoryBytes$/ },
    { ...at, before: /, Node $/, leads: /^header:\/host\/node$/ },
    { ...at, before: /fingerprint \S*$/, leads: /^header:\/host\/fingerprint$/ },
    { ...at, before: / memory, (?!.*, Node )/, leads: /^header:\/host\/(os|arch)$/ },
    { ...at, after: /^.* usable, /, leads: /^header:\/host\/cpu$/ },
  ];
}

/** "worker-threads has a speed-up of …", "(typed-array: 1× the for-loop)": the label right in front of the words. */
function namedBefore({ before }: Place): string | undefined {
  return /(\S+)(?: has a speed-up of|:(?: speed-up)?) $/.exec(before)?.[1].replace(/^\(/, '');
}

function kindProblem(kind: string, _place: Place, { pointer, chains }: Subject): string | undefined {
  const own = (chains[0] as readonly { kind?: string }[]).find((each) =>
    /^(opening|packing)$/.test(each?.kind ?? ''),
  )?.kind;
  return own === kind ? undefined : `${pointer.from[0]} is of ${own}`;
}

/** The price of the row that is named behind it. */
function pricedProblem({ after }: Place, { pointer, chains }: Subject): string | undefined {
  const { what } = nearest(chains[0], 'price') as { what: string };
  return after.startsWith(` (${what}`) ? undefined : `${pointer.from[0]} is of ${what}`;
}

function rateProblem({ after }: Place, { pointer, chains }: Subject): string | undefined {
  const workers = nearest(chains[0], 'workers');
  const where =
    workers === 1 ? ' on one core' : workers === undefined ? ' on cores that' : ` on ${workers} workers`;
  return after.startsWith(where) ? undefined : `${pointer.from[0]} is of ${workers} workers`;
}
