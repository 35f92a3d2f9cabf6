import type { Point } from '../../../contract/scenario.js';
import { formatPoint } from '../../axes.js';
import { nearest } from '../tree.js';
import type { Place } from './page.js';
import { cell, type MeaningRule, type Subject } from './rule.js';

const losers = /^Where the losers' time goes$/;
const path = 'details/path';
const breakEven = (what: string) => new RegExp(`^analysis:/breakEven/\\d+/${what}$`);

/** Where the time goes, what is paid back, and why concurrency did not help. */
export const loserRules: readonly MeaningRule[] = [
  {
    section: losers,
    column: /^moving a number there and back$/,
    leads: /^analysis:\/costs\/\d+\/movingNsPerElement$/,
  },
  { section: losers, column: /^computing it$/, leads: /^analysis:\/costs\/\d+\/computingNsPerElement$/ },
  { section: losers, column: /^starting$/, leads: /^analysis:\/costs\/\d+\/openMs$/ },
  {
    section: losers,
    column: /^at its largest point$/,
    noAxis: false,
    before: /^$/,
    leads: cell('any', 'keys'),
  },
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
];

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

function waiting({ before, after }: Place, { pointer, chains }: Subject): string | undefined {
  const point = formatPoint(nearest(chains[0], 'point') as Point);
  if (!after.startsWith(` the for-loop (${point})`)) return `${pointer.from[0]} is of ${point}`;
  const waits = before.includes('on items that only wait') && !/only wait.*on items that/.test(before);
  return nearest(chains[0], 'waits') === waits ? undefined : `${pointer.from[0]} is of other items`;
}
