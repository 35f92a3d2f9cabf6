import type { PricedPhase, PriceList } from '../contract/scenario.js';

const phases: readonly PricedPhase[] = [
  'place',
  'compute',
  'collect',
  'release',
  'import',
  'open',
  'close',
  'warm',
  'resident',
];

/** What is wrong with a scenario's price list, as a sentence that names row and field; undefined where nothing is. */
export function pricesProblem(prices: unknown): string | undefined {
  const { rows, alone } = (prices ?? {}) as Partial<PriceList>;
  if (!Array.isArray(rows) || rows.length === 0)
    return '`prices.rows` must be a list of { what, strategy, of, per } with at least one';
  if (alone !== undefined && alone !== true) return '`prices.alone` must be true, or left out';
  for (const [index, row] of rows.entries()) {
    const problem = rowProblem(row);
    if (problem !== undefined) return `\`prices.rows[${index}]\`: ${problem}`;
  }
  return undefined;
}

function rowProblem(row: Readonly<Record<string, unknown>> | null): string | undefined {
  if (typeof row !== 'object' || row === null) return 'it must be an object';
  if (typeof row.what !== 'string') return '`what` must say what it is, like "JSON.stringify"';
  if (typeof row.strategy !== 'string') return '`strategy` must be a label';
  if (!phases.includes(row.of as PricedPhase)) return `\`of\` must be one of ${phases.join(', ')}`;
  if (row.per !== 'event' && row.per !== 'number') return "`per` must be 'event' or 'number'";
  const { low, high } = (row.source ?? { low: 0, high: 0 }) as { low: unknown; high: unknown };
  if (typeof low !== 'number' || typeof high !== 'number' || low > high)
    return '`source` must be { low, high } in ns';
  return undefined;
}
