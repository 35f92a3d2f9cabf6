import {
  formulaNs,
  type ListForm,
  type Profile,
  type ProfileAccount,
  rank,
  type Shape,
  type StrategyProfile,
} from '../../../src/choose/choose.js';

/** What a prediction may know of a cell: its size, and what the kernel takes for one of its lists. */
export interface CellQuestion {
  readonly account: ProfileAccount;
  readonly keys: number;
  readonly length: number;
  readonly workers: number;
  readonly kind: 'map' | 'reduce' | 'wait';
  /** Undefined where the profile does not know the kernel in this form. */
  work(form: ListForm): KernelWork | undefined;
}

/** What the kernel takes for one list of the cell, µs. */
export interface KernelWork {
  readonly whole: number;
  /** Beyond what the calibrated kernel takes for such a list without any work; may be below 0. */
  readonly more: number;
}

/** In which form a strategy computes, and whose prices of moving numbers are its own, where it was not calibrated. */
const ways: Readonly<Record<string, { readonly form: ListForm; readonly as?: string }>> = {
  'for-loop': { form: 'list' },
  // The same loop, with a promise around each list.
  'async-tasks': { form: 'list', as: 'for-loop' },
  'typed-array': { form: 'typed' },
  // The same window, filled and emptied by the same code.
  'wasm-simd': { form: 'wasm', as: 'typed-array' },
  'worker-threads': { form: 'list' },
  'worker-threads-shared': { form: 'typed' },
  'wasm-simd-threads': { form: 'wasm', as: 'worker-threads-shared' },
  'child-process[serialization=json]': { form: 'list' },
};

/**
 * The time of a strategy at a cell from a calibration alone, ns: start, price per key and per number by the way it is sent, as
 * the profile has them, and the kernel's own work per list. Undefined for strategies of which it says nothing.
 */
export function predictedNs(profile: Profile, strategy: string, cell: CellQuestion): number | undefined {
  const way = ways[strategy];
  const label = way?.as ?? strategy;
  const known = profile.accounts[cell.account]?.strategies.find((one) => one.strategy === label);
  if (way === undefined || known === undefined) return undefined;
  const { keys, kind } = cell;
  // Items that wait do so at the same time where each has a promise.
  const atOnce = kind === 'wait' && strategy === 'async-tasks' ? keys : 1;
  const work = cell.work(way.form);
  if (work === undefined) return undefined;
  const { whole, more } = work;
  const least = (1e3 * keys * whole) / atOnce / (known.parallel ? cell.workers : 1);
  if (cell.account === 'resident') {
    // Nothing moves: what is left of the price per number is the calibrated kernel's own loop, and no part of this one.
    const shape: Shape = { keys, elements: 0, work: whole / atOnce, workers: cell.workers };
    return Math.max(formulaNs(known.formula, shape), least, memoryNs(profile, known, cell));
  }
  const moved = toldNs(profile, known, cell, more / atOnce);
  if (kind === 'map') return Math.max(moved, least);
  // Answers of one number, or none: nothing is sent back, and no list is made for them.
  const short = toldNs(profile, known, { ...cell, length: 1 }, more / atOnce);
  return Math.max(moved - backShare * (moved - short), least);
}

/** What memory takes for the data where no cache holds it; 0 where one may. */
function memoryNs({ bandwidth }: Profile, { parallel }: StrategyProfile, cell: CellQuestion): number {
  if (bandwidth === undefined || cell.kind === 'wait') return 0;
  const bytes = cell.keys * cell.length * (cell.kind === 'map' ? 16 : 8);
  if (bytes < bandwidth.bytes) return 0;
  return bytes / (parallel ? bandwidth.allCoresBytesPerNs : bandwidth.oneThreadBytesPerNs);
}

/** Numbers go there and back; back is one of two. */
const backShare = 0.5;

/**
 * The profile was measured down to some work per list; what is less, or even below that of the calibrated kernel's own
 * loop, goes on along the price of work.
 */
function toldNs(profile: Profile, known: StrategyProfile, cell: CellQuestion, work: number): number {
  const { account, keys, length, workers } = cell;
  const shapes = profile.accounts[account]?.known ?? [];
  const least = Math.min(...shapes.map((shape) => shape.work));
  const asked = Math.max(least, work);
  const [told] = rank(profile, { account, keys, length, work: asked, workers }).filter(
    (one) => one.profile === known,
  );
  const shape: Shape = { keys, elements: keys * length, work: asked, workers };
  const perWork = formulaNs(known.formula, { ...shape, work: asked + 1 }) - formulaNs(known.formula, shape);
  return told.expectedNs + perWork * (work - asked);
}
