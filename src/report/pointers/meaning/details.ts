import type { Point } from '../../../contract/scenario.js';
import { formatPoint } from '../../axes.js';
import { formatCount } from '../../units.js';
import { nearest } from '../tree.js';
import type { Place } from './page.js';
import { cell, type MeaningRule, measuredRounds, type Subject } from './rule.js';

const losers = /^Where the losers' time goes$/;
const prices = /^What it costs, one by one$/;
const reproduce = /^How to reproduce it$/;
const row = String.raw`^analysis:/prices/rows/\d+`;
const breakEven = (what: string) => new RegExp(`^analysis:/breakEven/\\d+/${what}$`);
const path = 'details/path';

/** Where time goes, prices, claims and doubts, failures, and how to reproduce it; constants, and places anywhere. */
export const detailRules: readonly MeaningRule[] = [
  ...constant('level of intervals', { after: /^ intervals?/ }),
  { before: /with its $/, after: /^ interval over rounds/, leads: /^tool:level of intervals$/ },
  ...constant('least rounds', { before: /: below $/, after: /^ there is no interval/ }),
  ...constant('rounds of a full run', { before: /a full run has at least $/ }),
  ...constant('self-check', { text: /^In the self-check of this tool/ }),
  ...constant('share of a call that is well explained', { before: /the parts explain at least $/i }),
  ...constant('efficiency of METG', { before: /METG\($/ }),
  { after: /^ keys with /, leads: cell('any', 'keys'), whose: 'anyone' },
  { before: / keys with $/, after: /^ numbers/, leads: cell('any', 'elements'), whose: 'anyone' },

  {
    section: losers,
    column: /^moving a number there and back$/,
    leads: /^analysis:\/costs\/\d+\/movingNsPerElement$/,
  },
  { section: losers, column: /^computing it$/, leads: /^analysis:\/costs\/\d+\/computingNsPerElement$/ },
  { section: losers, column: /^starting$/, leads: /^analysis:\/costs\/\d+\/openMs$/ },
  { section: losers, column: /^at its largest point$/, before: /^$/, leads: cell('any', 'keys') },
  {
    section: losers,
    before: /sending a number there and back costs $/,
    leads: /^analysis:\/costs\/\d+\/movingNsPerElement$/,
  },
  { section: losers, before: /, computing it $/, leads: /^analysis:\/costs\/\d+\/computingNsPerElement$/ },
  {
    section: losers,
    after: /^ as long on the way as at work/,
    leads: [/^analysis:\/costs\/\d+\/movingNsPerElement$/, /^analysis:\/costs\/\d+\/computingNsPerElement$/],
  },
  { section: losers, column: /^traced call$/, leads: cell(1, `${path}/callNs`) },
  { section: losers, column: /^start, once$/, leads: cell(1, `${path}/startNs`) },
  ...Object.entries({ 'transfer, queue': 'transfer', GC: 'gc' }).map(([head, part]) => shareOf(head, part)),
  ...['pack', 'serialise', 'compute', 'deserialise', 'merge', 'idle', 'unexplained'].map((part) =>
    shareOf(part, part),
  ),
  {
    section: losers,
    before: / in $/,
    after: /^ of \S+ cells of this run/,
    leads: cell(1, path),
    whose: 'anyone',
  },
  { section: losers, after: /^ cells of this run/, leads: cell(1, path), whose: 'anyone' },
  {
    section: losers,
    after: /^ of a call is the work itself/,
    leads: [cell(1, `${path}/partsNs/compute`), cell(1, `${path}/partsNs/idle`), cell(1, `${path}/callNs`)],
  },
  {
    section: losers,
    before: / spends $/,
    leads: [cell(1, `${path}/partsNs/\\w+`), cell(1, `${path}/callNs`)],
    also: partProblem,
  },
  { section: losers, before: /speed-up of $/, leads: cell(1, 'speedUp'), whose: lastNamed },
  { section: losers, before: /a time of $/, leads: cell(1, 'state/time'), whose: lastNamed },
  { section: losers, table: /^peak memory$/, column: /^time$/, leads: cell(1, 'state/time') },
  { section: losers, column: /^processor time/, leads: cell(1, 'details/cpuNs') },
  { section: losers, column: /^main thread blocked for$/, leads: cell(1, 'details/stallNs') },
  { section: losers, column: /^peak memory$/, leads: cell(1, 'details/peakBytes') },
  {
    section: losers,
    before: /^- (Starting and|Sending the|Packing for)[^(]*\($/,
    leads: breakEven('costNs'),
    also: payback,
  },
  { section: losers, before: /has paid for itself after $/, leads: breakEven('uses/uses'), also: payback },
  {
    section: losers,
    before: /: (each saves|a run takes|a pass over the data takes) $/,
    leads: breakEven('gainNs/value'),
    also: payback,
  },

  {
    section: /^Why concurrency did not help$/,
    after: /^ the for-loop/,
    leads: /^analysis:\/concurrency\/\d+\/ratio$/,
    also: waiting,
  },

  {
    section: prices,
    before: /^per number of $/,
    leads: new RegExp(`${row}/figures/\\d+/sizes/\\d+/elements$`),
  },
  {
    section: prices,
    column: /^per number of /,
    leads: new RegExp(`${row}/figures/\\d+/sizes/\\d+/perNumberNs$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^line: per number$/,
    before: /^none: off by $/,
    leads: new RegExp(`${row}/figures/\\d+/line/offBy$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^line: per number$/,
    leads: new RegExp(`${row}/figures/\\d+/line/perNumberNs$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^and per event$/,
    before: /^below $/,
    leads: new RegExp(`${row}/figures/\\d+/line/perEventNs/interval/high$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^and per event$/,
    leads: new RegExp(`${row}/figures/\\d+/line/perEventNs$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^per event$/,
    leads: new RegExp(`${row}/event/perEventNs$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^the source$/,
    before: / to $/,
    leads: new RegExp(`${row}/price/source/high$`),
    also: priceProblem,
  },
  {
    section: prices,
    column: /^the source$/,
    leads: new RegExp(`${row}/price/source/low$`),
    also: priceProblem,
  },
  { section: prices, column: /./, leads: new RegExp(`${row}/price/what$`), also: priceProblem },
  { section: prices, line: /^- /, leads: new RegExp(`${row}/(price/what|(figures/\\d+|event)/reason)$`) },

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
  { section: reproduce, before: /planned, $/, after: /^ measured/, leads: measuredRounds, whose: 'anyone' },
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
  },
];

/** In prose and in tables alike. */
function constant(name: string, where: Partial<MeaningRule>): MeaningRule[] {
  return [{ ...where, leads: new RegExp(`^tool:${name}$`) }];
}

function shareOf(head: string, part: string): MeaningRule {
  return {
    section: losers,
    column: new RegExp(`^${head}$`),
    leads: [cell(1, `${path}/partsNs/${part}`), cell(1, `${path}/callNs`)],
  };
}

/** The label in code font that stands last in front. */
function lastNamed({ before }: Place): string | undefined {
  return /^.*`([^`]+)`/.exec(before)?.[1];
}

function partProblem({ after }: Place, { pointer }: Subject): string | undefined {
  const words: Readonly<Record<string, string>> = {
    pack: 'packing',
    serialise: 'serialising',
    transfer: 'in transfer and queues',
    deserialise: 'deserialising',
    merge: 'merging answers',
    gc: 'collecting garbage',
  };
  const part = pointer.from[0].split('/').at(-1) ?? '';
  return after.startsWith(` of a call ${words[part]}:`) ? undefined : `${pointer.from[0]} is another part`;
}

/** One-time costs: of the kind, between the two strategies and at the point that the line names. */
function payback({ line }: Place, { pointer, chains }: Subject): string | undefined {
  const found = chains[0].findLast(
    (each): each is { kind: string; strategy: string; against: string; point: Point } =>
      typeof each === 'object' && each !== null && 'against' in each,
  );
  const words = found?.kind === 'opening' ? '- Starting' : '- (Sending|Packing)';
  const fits =
    found !== undefined &&
    new RegExp(`^${words}`).test(line) &&
    /`([^`]+)`/.exec(line)?.[1] === found.strategy &&
    line.includes(`\`${found.against}\` (${formatPoint(found.point)})`);
  return fits
    ? undefined
    : `${pointer.from[0]} is of ${found?.kind} ${found?.strategy} against ${found?.against}`;
}

function waiting({ before }: Place, { pointer, chains }: Subject): string | undefined {
  const waits = before.includes('on items that only wait') && !/only wait.*on items that/.test(before);
  return nearest(chains[0], 'waits') === waits ? undefined : `${pointer.from[0]} is of other items`;
}

/** The part in the row, the group of the table, and the size of the column. */
function priceProblem({ table }: Place, { pointer, chains }: Subject): string | undefined {
  const [chain] = chains;
  const { what } = nearest(chain, 'price') as { readonly what: string };
  if (table?.row[0] !== what) return `${pointer.from[0]} is of ${what}`;
  const size = /^per number of (.*)$/.exec(table.head[table.at])?.[1];
  if (size !== undefined && formatCount(Number(nearest(chain, 'elements'))) !== size)
    return `${pointer.from[0]} is of ${nearest(chain, 'elements')} numbers`;
  const group = /\/figures\/(\d+)\//.exec(pointer.from[0])?.[1];
  const groups = nearest(chain, 'groups') as readonly Point[] | undefined;
  const name = (table.head[0] ?? '').toLowerCase();
  const told = group === undefined ? undefined : formatPoint(groups?.[Number(group)] ?? {}).toLowerCase();
  return told === undefined || name === 'all' || told.includes(name)
    ? undefined
    : `${pointer.from[0]} is of ${told}`;
}

function optionProblem({ before }: Place, { pointer }: Subject): string | undefined {
  const name = pointer.from[0].split('/').at(-1) ?? '';
  return new RegExp(`(^|[ ,:)])${name} \\S*$`).test(before)
    ? undefined
    : `${pointer.from[0]} is another option`;
}
