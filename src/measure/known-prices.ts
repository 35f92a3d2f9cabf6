import type { CellHeader, CellRecord, EndRecord, RunHeader } from '../results/format.js';
import { v } from '../results/valid.js';
import type { Plan } from './plan.js';
import { pointName } from './points.js';
import { readCache, writeCache } from './preflight/cache.js';
import { priceMs } from './price.js';

const cacheName = 'prices.json';

/** Milliseconds. */
const priceSchema = v.pipe(v.number(), v.minValue(0));

/** About how long one round of each cell of a plan takes. */
export interface KnownPrices {
  ofMs(cell: string): number;
  /** All rounds of the plan together: less than rounds times a round where an earlier run found the cell beaten. */
  allRoundsMs(cell: string): number;
  /** Cells whose price comes from an earlier run on this machine; that of the others is a guess. */
  readonly measured: number;
}

/** What cells cost in earlier runs on this machine, and a guess where there was none. */
export function knownPrices({ header, order }: Plan): KnownPrices {
  const known = readCache(cacheName, priceSchema);
  const prices = new Map<string, number>();
  const totals = new Map<string, number>();
  let measured = 0;
  for (const cell of header.cells.filter(({ notApplicable }) => notApplicable === undefined)) {
    const before = known[keyOf(cell, header)];
    if (before !== undefined) measured++;
    const price = before ?? priceMs(cell, order(cell.id), header);
    prices.set(cell.id, price);
    totals.set(cell.id, known[totalKeyOf(cell, header)] ?? price * header.rounds);
  }
  return {
    measured,
    ofMs: (cell) => prices.get(cell) ?? 0,
    allRoundsMs: (cell) => totals.get(cell) ?? 0,
  };
}

/** What the cells of a plan take together, all rounds, or its budget. */
export function expectedMs({ header, runnable }: Plan, prices: KnownPrices): number {
  return header.budgetMs ?? runnable.reduce((sum, { id }) => sum + prices.allRoundsMs(id), 0);
}

/**
 * Keeps what each cell took, median over its rounds (one may have met a busy machine), and of a run that went through
 * all of its rounds, what these took together: the next --dry-run and budget know it.
 */
export function rememberPrices(
  header: RunHeader,
  { status, records }: { readonly status: EndRecord['status']; readonly records: readonly CellRecord[] },
): void {
  const known = readCache(cacheName, priceSchema);
  for (const cell of header.cells) {
    const rounds = records.filter((record) => record.cell === cell.id && record.outcome.status !== 'skipped');
    if (rounds.length === 0) continue;
    // Rounds of one account alone are cheaper than the next run's first one.
    const whole = rounds.filter(({ only }) => only === undefined).map(({ elapsedMs }) => elapsedMs);
    known[keyOf(cell, header)] = Math.round(whole.sort((a, b) => a - b)[Math.floor(whole.length / 2)]);
    if (status === 'finished' && header.budgetMs === undefined)
      known[totalKeyOf(cell, header)] = Math.round(rounds.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  }
  writeCache(cacheName, known);
}

function totalKeyOf(cell: CellHeader, header: RunHeader): string {
  return `${keyOf(cell, header)}/${header.rounds} rounds`;
}

/** Everything that a cell's time depends on and that does not change from run to run. */
function keyOf({ strategy, point }: CellHeader, { scenario, host, quick, limitMs }: RunHeader): string {
  const { id, kernel, data } = scenario;
  const what = [id, kernel.id, ...(data === undefined ? [] : [data.name]), strategy, pointName(point)];
  const how = [
    quick ? 'quick' : 'full',
    `${limitMs} ms`,
    host.fingerprint,
    `node-${host.node.split('.')[0]}`,
  ];
  return [...what, ...how].join('/');
}
