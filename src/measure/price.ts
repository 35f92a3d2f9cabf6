import type { CellHeader, RunHeader } from '../results/format.js';
import type { CellOrder } from './order.js';

/** Rough costs of moving one number by family, in ns, from measurements on ordinary machines. */
const movingNs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 100, processes: 150 }));
const serialNs = 6;
/** Starting Node, importing, opening and closing both sessions. */
const startMs: ReadonlyMap<string, number> = new Map(Object.entries({ threads: 350, processes: 600 }));
const plainStartMs = 200;
/** Generating, checking and digesting one number, outside the clock. */
const aroundNs = 60;

/** About how long one round of a cell takes, before anything is known of it. */
export function priceMs(cell: CellHeader, order: CellOrder, header: RunHeader): number {
  const family = header.strategies.find(({ label }) => label === cell.strategy)?.family ?? 'serial';
  const { warmMs, stagesMs, residentMs, naturalMs, warmupMs } = order.sampling;
  const callMs = workMs(cell, order, header) + (cell.elements * (movingNs.get(family) ?? serialNs)) / 1e6;
  const samples = callMs > 1_000 ? 1 : callMs > 250 ? 2 : callMs > 10 ? 5 : 10;
  const series = (ms: number) => Math.max(ms, samples * callMs) + Math.max(warmupMs, callMs);
  const sampling = series(warmMs) + series(stagesMs) + series(residentMs) + Math.max(naturalMs, callMs);
  return (startMs.get(family) ?? plainStartMs) + (cell.elements * aroundNs) / 1e6 + callMs + sampling;
}

/** Waiting and calibrated work are known from the options that say so; for other kernels moving dominates. */
function workMs(cell: CellHeader, order: CellOrder, header: RunHeader): number {
  const { options } = order.kernel;
  if (header.scenario.kernel.kind === 'wait') return Number(options.ms ?? 1) * cell.keys;
  if (options.rate !== undefined) return (Number(options.cost ?? 0) * cell.keys) / 1_000;
  return (Number(options.steps ?? 0) * cell.elements * 5) / 1e6;
}
