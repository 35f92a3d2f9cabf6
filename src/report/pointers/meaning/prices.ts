import type { Point } from '../../../contract/scenario.js';
import { formatPoint } from '../../axes.js';
import { formatCount } from '../../units.js';
import { nearest } from '../tree.js';
import type { Place } from './page.js';
import type { MeaningRule, Subject } from './rule.js';

const prices = /^What it costs, one by one$/;
const row = String.raw`^analysis:/prices/rows/\d+`;

/** The price list: whose a price is, its row says. */
export const priceRules: readonly MeaningRule[] = (
  [
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
  ] as const satisfies readonly MeaningRule[]
).map((rule) => ({ ...rule, whose: 'anyone' }));

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
