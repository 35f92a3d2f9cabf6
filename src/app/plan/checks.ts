import { leastRounds } from '../../analysis/estimate.js';
import { InputError } from '../../contract/errors.js';
import type { Options } from '../../contract/kernel.js';
import { suggest } from '../../dictionary/did-you-mean.js';
import { listLengths } from '../../dictionary/generate.js';
import { checkLongest, checkSpec, type DictionarySpec } from '../../dictionary/spec.js';
import { formatBytes, formatWait } from '../../document/units.js';
import { expectedMs, knownPrices } from '../../measure/known-prices.js';
import { availableBytes } from '../../measure/machine/cgroup.js';
import { fixedBytes } from '../../measure/memory.js';
import type { Plan } from '../../measure/plan.js';
import type { KernelEntry } from '../../plugins/find.js';
import { headerProblem, type RunHeader } from '../../results/format.js';

/** Leaves this share of the free memory to everything else on the machine. */
const usableShare = 0.9;

/** Refuses a run whose largest cell cannot fit: the figure needed, the figure free, and what would fit. */
export function checkMemory({ runnable, header }: Plan, free = availableBytes()): void {
  const usable = free * usableShare;
  const worst = [...runnable].sort((a, b) => b.estimatedBytes - a.estimatedBytes)[0];
  if (worst === undefined || worst.estimatedBytes <= usable) return;
  const axis = Number(worst.point.length ?? 0) > worst.keys ? 'length' : 'keys';
  const value = Number(worst.point[axis] ?? worst.keys);
  // What the processes hold themselves does not shrink with the data.
  const family = header.strategies.find(({ label }) => label === worst.strategy)?.family ?? 'serial';
  const fixed = fixedBytes(family, Number(worst.point.workers ?? header.defaults.workers ?? 1));
  const fits = usable > fixed ? twoDigits((value * (usable - fixed)) / (worst.estimatedBytes - fixed)) : 0;
  throw new InputError(
    `${worst.strategy} at ${worst.keys} keys and ${worst.elements} numbers needs about ${formatBytes(worst.estimatedBytes)}, ` +
      `and ${formatBytes(usable)} of the free ${formatBytes(free)} may be used. ` +
      (fits >= 1 ? `--${axis} ${fits} would fit.` : `No --${axis} would fit: take fewer strategies.`),
  );
}

/** Rounded down: free memory changes from one try to the next, and the figure is to be typed. */
function twoDigits(value: number): number {
  if (value < 1) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.floor(value / step) * step;
}

/** Below this many numbers in all no single list can be too long for one array. */
const harmless = 2 ** 27 - 3;

/** Can each generated dictionary of the plan exist at all? The generator would refuse it in the middle of a run. */
export function checkDictionaries({ runnable, order }: Plan): void {
  for (const { id } of runnable) {
    const { data, from } = order(id);
    if (data.kind !== 'generated') continue;
    try {
      checkSpec(data.spec);
      if (from === 'lists') checkLongest(data.spec, longestOf(data.spec));
    } catch (cause) {
      throw new InputError(`${(cause as Error).message}.`, { cause });
    }
  }
}

function longestOf({ keys, length, skew, seed }: DictionarySpec): number {
  if (skew === 'equal' || keys * length <= harmless) return length;
  return listLengths(keys, length, skew, seed).reduce((longest, each) => Math.max(longest, each));
}

/**
 * Refuses a run whose results file could not be read again, by the reader's own rules and as the file will hold it:
 * before anything is measured, since afterwards it would be lost.
 */
export function checkHeader(header: RunHeader): void {
  const problem = headerProblem(JSON.parse(JSON.stringify(header)));
  if (problem !== undefined)
    throw new InputError(
      `scenario ${header.scenario.id}: its results could not be read again: ${problem}. Correct that field in the scenario, the kernel or the strategy it comes from.`,
    );
}

/** Options that a scenario sets must be options that the kernel has. */
export function checkKernelOptions({ id, plugin }: KernelEntry, given: Options): void {
  const known = Object.keys(plugin.options);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError(`kernel "${id}" has no option "${unknown}".${suggest(unknown, known)}`);
}

/** Room for the rounds without which nothing wins: a scenario's own budget grows to it on a slow machine. */
export function leastBudgetMs(plan: Plan): number {
  const { until } = plan.header;
  return Math.ceil((until === undefined ? room * leastRounds : untilAnsweredRounds) * roundOf(plan).ms);
}

/** Less would not be enough for two rounds of everything; what may be the best has two more, of fewer cells. */
const untilAnsweredRounds = 2;

/** Prices are estimates: so much more than they add up to. */
const room = 1.25;

/** Refuses a budget that ends before every cell was measured once: says what would fit. */
export function checkBudget(plan: Plan): void {
  const { budgetMs, scenario } = plan.header;
  const { ms, source } = roundOf(plan);
  if (budgetMs === undefined || ms <= budgetMs) return;
  throw new InputError(
    `a budget of ${formatWait(budgetMs)} is too small for one round of ${scenario.id}: its ` +
      `${plan.runnable.length} cells take about ${formatWait(ms)} (${source}). ` +
      `--budget ${secondsUp(ms * room)}s holds one round, ${secondsUp(leastBudgetMs(plan))}s is enough for an answer; or take ` +
      'fewer strategies, or fewer points.',
  );
}

/** What to say of a budget in which nothing can win; undefined where it holds the rounds that takes. */
export function tooFewRounds(plan: Plan): string | undefined {
  const { budgetMs, scenario, until } = plan.header;
  const { ms, source } = roundOf(plan);
  // It has grown to what is enough.
  if (budgetMs === undefined || until !== undefined) return undefined;
  if (ms === 0 || leastRounds * ms <= budgetMs) return undefined;
  const rounds = Math.floor(budgetMs / ms);
  return (
    `Nothing can win within ${formatWait(budgetMs)}: that holds ${rounds === 1 ? '1 round' : `${rounds} rounds`} of ` +
    `${scenario.id} (${source}), and a winner takes ${leastRounds}. --budget ${secondsUp(leastBudgetMs(plan))}s holds ` +
    'them; or take fewer strategies, or fewer points.'
  );
}

/** What a plan takes, before any of it is measured. */
export interface PlanOutline {
  /** One round of a cell, by its id, ms. */
  cellMs(id: string): number;
  /** How many cells were measured before on this machine; the others' times are guesses. */
  readonly measured: number;
  /** One round of all cells. */
  readonly roundMs: number;
  readonly totalMs: number;
  /** Memory of the largest cell. */
  readonly largestBytes: number;
}

export function outlinePlan(plan: Plan): PlanOutline {
  const prices = knownPrices(plan);
  const { runnable } = plan;
  return {
    cellMs: prices.ofMs,
    measured: prices.measured,
    roundMs: runnable.reduce((sum, { id }) => sum + prices.ofMs(id), 0),
    totalMs: expectedMs(plan, prices),
    largestBytes: Math.max(0, ...runnable.map(({ estimatedBytes }) => estimatedBytes)),
  };
}

/** What one round of all cells takes, and how that is known. */
function roundOf(plan: Plan): { readonly ms: number; readonly source: string } {
  const { roundMs, measured } = outlinePlan(plan);
  const all = measured === plan.runnable.length;
  return {
    ms: roundMs,
    source: all ? 'from earlier runs on this machine' : 'a guess before anything is measured',
  };
}

function secondsUp(ms: number): number {
  return Math.ceil(ms / 1_000);
}
