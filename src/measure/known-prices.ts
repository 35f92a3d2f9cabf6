import { pointKey } from '../contract/axes.js';
import type { CellHeader, CellRecord, EndRecord, RunHeader } from '../results/format.js';
import { v } from '../results/valid.js';
import { type CellOrder, fullSampling, quickSampling } from './order.js';
import type { Plan } from './plan.js';
import { readCache, writeCache } from './preflight/cache.js';

const cacheName = 'prices.json';

/** Milliseconds. */
const priceSchema = v.pipe(v.number(), v.minValue(0));

/** About how long one round of each cell of a plan takes. */
interface KnownPrices {
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
    totals.set(cell.id, known[totalKeyOf(cell, header)] ?? price * guessedRounds(header));
  }
  return {
    measured,
    ofMs: (cell) => prices.get(cell) ?? 0,
    allRoundsMs: (cell) => totals.get(cell) ?? 0,
  };
}

/** What the cells of a plan take together: all rounds, its budget, or what answers take, which is no more than that. */
export function expectedMs({ header, runnable }: Plan, prices: KnownPrices): number {
  const { budgetMs = Number.POSITIVE_INFINITY, until } = header;
  if (budgetMs !== Number.POSITIVE_INFINITY && until === undefined) return budgetMs;
  return Math.min(
    budgetMs,
    runnable.reduce((sum, { id }) => sum + prices.allRoundsMs(id), 0),
  );
}

/** Where answers decide: four of what may be the best, two of the rest, and more where it is close. */
const answeredRounds = 3;

function guessedRounds({ rounds, until }: RunHeader): number {
  return until === undefined ? rounds : answeredRounds;
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
    if (status === 'finished' && (header.budgetMs === undefined || header.until !== undefined))
      known[totalKeyOf(cell, header)] = Math.round(rounds.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0));
  }
  writeCache(cacheName, known);
}

function totalKeyOf(cell: CellHeader, header: RunHeader): string {
  const what =
    header.until === undefined ? `${header.rounds} rounds` : `${header.until} in ${header.budgetMs} ms`;
  return `${keyOf(cell, header)}/${what}`;
}

/** Everything that a cell's time depends on and that does not change from run to run. */
function keyOf({ strategy, point }: CellHeader, { scenario, host, quick, limitMs }: RunHeader): string {
  const { id, kernel, data } = scenario;
  const what = [id, kernel.id, ...(data === undefined ? [] : [data.name]), strategy, pointKey(point)];
  const how = [
    // Series of another length take another time.
    `${quick ? 'quick' : 'full'} ${(quick ? quickSampling : fullSampling).warmMs} ms`,
    `${limitMs} ms`,
    host.fingerprint,
    `node-${host.node.split('.')[0]}`,
  ];
  return [...what, ...how].join('/');
}

/** Rough costs of moving one number by family, in ns, from measurements on ordinary machines. */
const movingNs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 40, processes: 50 }));
const serialNs = 6;
/** Starting Node, importing, opening and closing both sessions. */
const startMs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 350, processes: 600 }));
const plainStartMs = 200;
/** Generating, checking and digesting one number, outside the clock. */
const aroundNs = 40;

/** About how long one round of a cell takes, before anything is known of it. */
export function priceMs(cell: CellHeader, order: CellOrder, header: RunHeader): number {
  const family = header.strategies.find(({ label }) => label === cell.strategy)?.family ?? 'serial';
  const { warmMs, stagesMs, residentMs, warmupMs } = order.sampling;
  const sharers = movingNs.has(family) ? Math.min(order.workers, cell.keys) : 1;
  const movingMs = (cell.elements * (movingNs.get(family) ?? serialNs)) / 1e6;
  const callMs = workMs(cell, order, header) / sharers + movingMs;
  const samples = callMs > 1_000 ? 1 : callMs > 250 ? 2 : callMs > 20 ? 3 : 10;
  const warmingMs = callMs > 250 ? 0 : Math.max(warmupMs, callMs);
  const series = (ms: number, least: number) => Math.max(ms, least * callMs) + warmingMs;
  const few = callMs > 20 ? 1 : samples;
  const sampling = series(1.25 * warmMs, samples) + series(stagesMs, few) + series(residentMs, few) + callMs;
  return (startMs.get(family) ?? plainStartMs) + (cell.elements * aroundNs) / 1e6 + callMs + sampling;
}

/** Waiting and calibrated work are known from the options that say so; for other kernels moving dominates. */
function workMs(cell: CellHeader, order: CellOrder, header: RunHeader): number {
  const { options } = order.kernel;
  if (header.scenario.kernel.kind === 'wait') return Number(options.ms ?? 1) * cell.keys;
  if (options.rate !== undefined) return (Number(options.cost ?? 0) * cell.keys) / 1_000;
  return (Number(options.steps ?? 0) * cell.elements * 5) / 1e6;
}
