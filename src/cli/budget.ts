import { InputError } from '../catalog/problem.js';
import { suggest } from '../catalog/suggest.js';
import { knownPrices } from '../measure/known-prices.js';
import type { Plan } from '../measure/plan.js';
import { formatDuration } from './time-left.js';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A budget in words, "90s", "2.5m" or "1h", in ms. `origin` begins the error: the option, or the scenario's field. */
export function parseBudget(text: string, origin: string): number {
  const { number = '', unit = '' } = /^(?<number>[-+\d.,e]*)(?<unit>.*)$/i.exec(text.trim())?.groups ?? {};
  const named = unit.trim();
  if (number === '')
    throw new InputError(`${origin} ${text}: it must be a number and a unit, like 90s, 2.5m or 1h.`);
  if (named === '')
    throw new InputError(
      `${origin} ${text}: the unit is missing. Write ${text}s for seconds, ${text}m for minutes.`,
    );
  const each = Object.hasOwn(unitMs, named) ? unitMs[named] : undefined;
  if (each === undefined)
    throw new InputError(
      `${origin} ${text}: there is no unit "${named}". There are: ms, s, m, h.${suggest(named, Object.keys(unitMs))}`,
    );
  const ms = Number(number) * each;
  if (!Number.isFinite(ms)) throw new InputError(`${origin} ${text}: ${number} is not a number.`);
  if (ms <= 0) throw new InputError(`${origin} ${text}: it must be above 0.`);
  return ms;
}

/** Room for the pilot round, and a little more: a scenario's own budget grows to it on a slow machine. */
export function leastBudgetMs(plan: Plan): number {
  const prices = knownPrices(plan);
  return Math.ceil(1.25 * plan.runnable.reduce((sum, { id }) => sum + prices.ofMs(id), 0));
}

/** Refuses a budget that ends before every cell was measured once: says what would fit. */
export function checkBudget(plan: Plan): void {
  const { budgetMs, scenario } = plan.header;
  if (budgetMs === undefined) return;
  const prices = knownPrices(plan);
  const roundMs = plan.runnable.reduce((sum, { id }) => sum + prices.ofMs(id), 0);
  if (roundMs <= budgetMs) return;
  const source =
    prices.measured === plan.runnable.length
      ? 'from earlier runs on this machine'
      : 'a guess before anything is measured';
  // Nothing wins before four rounds.
  throw new InputError(
    `a budget of ${formatDuration(budgetMs)} is too small for one round of ${scenario.id}: its ` +
      `${plan.runnable.length} cells take about ${formatDuration(roundMs)} (${source}). ` +
      `--budget ${secondsUp(roundMs * 1.25)}s holds one round, ${secondsUp(roundMs * 5)}s is enough for an answer; or take ` +
      'fewer strategies, or fewer points.',
  );
}

function secondsUp(ms: number): number {
  return Math.ceil(ms / 1_000);
}
