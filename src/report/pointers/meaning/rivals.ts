import { capital, oneLine } from '../../plain-text.js';
import { formatBytes } from '../../units.js';
import { nearest } from '../tree.js';
import { borderRules } from './borders.js';
import type { Place } from './page.js';
import { cell, cellUnder, type MeaningRule, type Subject } from './rule.js';

const winners = /^Who wins where$/;
const crossovers = /^Crossovers$/;
const beside = /^Beside it, in other languages$/;
const scaling = /^How far workers can go$/;
const formulas = /^What it costs, as a formula$/;
const rates = /^Bytes per second$/;

/** What compares strategies: who wins where, crossovers, other languages, workers, formulas, bytes per second. */
export const rivalRules: readonly MeaningRule[] = [
  {
    line: /^- `[^`]+`: /,
    section: /^(Who wins where|What it costs, one by one)$/,
    leads: /^header:\/strategies\/\d+\/title$/,
    also: titleProblem,
  },
  { section: winners, before: /"Same" means within $/, leads: /^header:\/margin$/ },
  { section: winners, column: /^for-loop$/, leads: cell('any', 'state/time'), whose: () => 'for-loop' },
  { section: winners, column: /^its time$/, leads: cell('any', 'state/time'), whose: fastest },
  { section: winners, column: /^ratio to for-loop$/, leads: cell('any', 'ratioToForLoop'), whose: fastest },
  {
    section: winners,
    column: /^best of threads and processes$/,
    leads: cell('any', 'speedUp'),
    whose: ({ before }) => before.replace(/: speed-up $/, ''),
  },
  { column: /^point$/, noAxis: false, before: /^$/, leads: cell('any', 'keys'), whose: 'anyone' },
  { column: /^point$/, noAxis: false, leads: cell('any', 'elements'), whose: 'anyone' },
  {
    section: winners,
    line: /(below|to|Below) /,
    leads: /^header:\/cells\/\d+\/(elements|keys|point\/[^/]+)$/,
    whose: 'anyone',
    also: middleProblem,
  },

  { section: crossovers, before: /stay within $/, leads: /^header:\/margin$/ },
  {
    section: crossovers,
    before: /it loses $/,
    leads: /^analysis:\/accounts\/\d\/crossovers\/\d+\/threshold\/loss$/,
  },
  ...borderRules(String.raw`analysis:/accounts/\d/crossovers/\d+`, {
    section: crossovers,
    whose: 'anyone',
    noPlaces: true,
  }),
  ...borderRules(String.raw`analysis:/accounts/\d/each/\d+`, {
    section: crossovers,
    column: /^it pays/,
    noPlaces: true,
  }),

  {
    section: beside,
    column: /^(one-shot|warm|resident): time$/,
    leads: cell('any', 'state/time'),
    also: accountOfColumn,
  },
  {
    section: beside,
    column: /^ratio to Node's for-loop$/,
    leads: cell('any', 'ratioToForLoop'),
    also: accountOfColumn,
  },
  {
    section: beside,
    before: /is the fastest, $/,
    leads: /^analysis:\/accounts\/1\/points\/\d+\/beside\/\d+\/label\/lead$/,
  },

  {
    section: scaling,
    table: /^data of a task$/,
    column: /^workers$/,
    leads: /^scaling:\/\d+\/metg\/\d+\/workers$/,
  },
  {
    section: scaling,
    table: /^data of a task$/,
    column: /^data of a task$/,
    leads: /^scaling:\/\d+\/metg\/\d+\/payloadBytes$/,
  },
  {
    section: scaling,
    column: /^smallest task that/,
    leads: /^scaling:\/\d+\/metg\/\d+\/answer\/(estimate|because)$/,
  },
  { section: scaling, column: /^workers$/, leads: /^scaling:\/\d+\/workers$/ },
  { section: scaling, column: /^COST$/, before: /up to $/, leads: /^scaling:\/\d+\/cost\/upTo$/ },
  { section: scaling, column: /^COST$/, after: /^ to/, leads: /^scaling:\/\d+\/cost\/low$/ },
  { section: scaling, column: /^COST$/, leads: /^scaling:\/\d+\/cost\/workers$/ },
  {
    section: scaling,
    column: /^break-even work per number$/,
    leads: /^scaling:\/\d+\/workNeeded\/perElementNs\/estimate$/,
  },
  { section: scaling, column: /^per list$/, leads: /^scaling:\/\d+\/workNeeded\/perListNs\/estimate$/ },
  { section: scaling, column: /^ceiling$/, leads: /^scaling:\/\d+\/ceiling\/answer\/estimate$/ },
  {
    section: scaling,
    line: /^The work here/,
    after: /^ per number/,
    leads: /^scaling:\/0\/workNow\/perElementNs$/,
    whose: 'anyone',
  },
  {
    section: scaling,
    line: /^The work here/,
    after: /^ per list/,
    leads: /^scaling:\/0\/workNow\/perListNs$/,
    whose: 'anyone',
  },
  { section: scaling, line: /^- COST not known/, leads: /^scaling:\/\d+\/cost\/because$/ },
  {
    section: scaling,
    line: /^- Break-even work not known/,
    leads: /^scaling:\/\d+\/workNeeded\/perElementNs\/because$/,
  },
  { section: scaling, line: /^- Ceiling not known/, leads: /^scaling:\/\d+\/ceiling\/answer\/because$/ },
  {
    section: scaling,
    line: /^- Share of the memory bandwidth not known/,
    leads: /^scaling:\/\d+\/roof\/because$/,
  },
  {
    section: scaling,
    line: /^- Share of the computing in place not known/,
    leads: /^scaling:\/\d+\/compute\/because$/,
  },
  {
    section: scaling,
    before: /^- `[^`]+` does $/,
    after: /^ of what its cores could compute/,
    leads: /^scaling:\/\d+\/compute\/estimate$/,
  },
  { section: scaling, before: /^- `[^`]+` reaches $/, leads: /^scaling:\/\d+\/roof\/estimate$/ },

  {
    section: formulas,
    column: /^time$/,
    before: / up to $| beyond $/,
    leads: /^formulas:\/\d\/models\/\d+\/coefficients\/\d+\/coefficient\/split$/,
  },
  {
    section: formulas,
    column: /^time$/,
    leads: /^formulas:\/\d\/models\/\d+\/coefficients\/\d+$/,
    also: unitProblem,
  },
  { section: formulas, column: /^band$/, before: /^± $/, leads: /^formulas:\/\d\/models\/\d+\/band$/ },
  { section: formulas, column: /^band$/, leads: /^formulas:\/\d\/models\/\d+\/because$/ },
  { section: formulas, line: /^No formula: /, leads: /^formulas:\/\d\/models\/\d+\/because$/ },

  { section: rates, line: /^Resident: /, leads: /^header:\/host\/caches\/\d+\/bytes$/, also: cacheProblem },
  { section: rates, column: /^size$/, leads: /^analysis:\/bandwidth\/\d+\/bytes$/, whose: 'anyone' },
  {
    section: rates,
    column: /./,
    text: /B\/s/,
    leads: /^analysis:\/bandwidth\/\d+\/bytesPerSecond$/,
    whose: ({ table }) => table?.head[table.at],
    also: sizeOfRow,
  },
];

/** Who stands in front in the row: the winner, or the first of several; of a race of one, whoever was in it. */
function fastest(place: Place): string | undefined {
  const told = cellUnder(place, /^fastest$/)?.replace(/^(the same|undecided): /, '');
  return told?.startsWith('nobody: ') ? 'anyone' : told?.split(/, | and | or /)[0];
}

function titleProblem({ line }: Place, { pointer, chains }: Subject): string | undefined {
  const label = nearest(chains[0], 'label');
  return line.startsWith(`- \`${label}\``) ? undefined : `${pointer.from[0]} is of ${label}`;
}

function middleProblem(_place: Place, { pointer }: Subject): string | undefined {
  return pointer.rule === 'middle' ? undefined : 'a border between two sizes is their middle';
}

/** "warm: time", and the ratio beside it. */
function accountOfColumn({ table }: Place, { pointer, chains }: Subject): string | undefined {
  const heads = table?.head.slice(0, table.at + 1) ?? [];
  const account = heads.findLast((head) => head.endsWith(': time'))?.replace(': time', '');
  const own = nearest(chains[0], 'account');
  return own === account ? undefined : `${pointer.from[0]} is of the account ${own}`;
}

/** Each kind of coefficient has a unit of its own behind it. */
function unitProblem({ after }: Place, { pointer, chains }: Subject): string | undefined {
  const { kind } = nearest(chains[0], 'coefficient') as { kind: string };
  const units: Readonly<Record<string, RegExp>> = {
    start: /^( \+|$)/,
    key: /^ per key( \+|$)/,
    element: /^ per number( \+|$)/,
    'element below': /^ per number up to/,
    'element beyond': /^ per number beyond/,
    'element of lists beyond': /^ per number of lists beyond/,
    'list work': /^ per key × [^÷]*$|^ per key × [^÷+]*\+/,
    'element work': /^ per number × [^÷+]*(\+|$)/,
    worker: /^ per worker/,
    'shared element': /^ per number ÷ workers/,
    'shared list work': /^ per key × [^+]* ÷ workers/,
    'shared element work': /^ per number × [^+]* ÷ workers/,
  };
  return units[kind]?.test(after) ? undefined : `${pointer.from[0]} is a price of the kind "${kind}"`;
}

function cacheProblem({ before }: Place, { pointer, chains }: Subject): string | undefined {
  const name = oneLine(String(nearest(chains[0], 'name')));
  return before.endsWith(`${name} `) ? undefined : `${pointer.from[0]} is of ${capital(name)}`;
}

function sizeOfRow({ table }: Place, { pointer, chains }: Subject): string | undefined {
  const size = formatBytes(Number(nearest(chains[0], 'bytes')));
  return table?.row[0] === size ? undefined : `${pointer.from[0]} is of ${size}`;
}
