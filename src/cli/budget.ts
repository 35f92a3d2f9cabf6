import { leastRounds } from '../analysis/estimate.js';
import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';
import { formatWait } from '../document/units.js';
import { knownPrices } from '../measure/known-prices.js';
import type { Plan } from '../measure/plan.js';

const unitMs: ReadonlyMap<string, number> = new Map(
  Object.entries({ ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }),
);

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
  const each = unitMs.get(named);
  if (each === undefined)
    throw new InputError(
      `${origin} ${text}: there is no unit "${named}". There are: ms, s, m, h.${suggest(named, [...unitMs.keys()])}`,
    );
  const ms = Number(number) * each;
  if (!Number.isFinite(ms)) throw new InputError(`${origin} ${text}: ${number} is not a number.`);
  if (ms <= 0) throw new InputError(`${origin} ${text}: it must be above 0.`);
  return ms;
}

/** Room for the rounds without which nothing wins: a scenario's own budget grows to it on a slow machine. */
export function leastBudgetMs(plan: Plan): number {
  return Math.ceil(room * leastRounds * roundOf(plan).ms);
}

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
  const { budgetMs, scenario } = plan.header;
  const { ms, source } = roundOf(plan);
  if (budgetMs === undefined || ms === 0 || leastRounds * ms <= budgetMs) return undefined;
  const rounds = Math.floor(budgetMs / ms);
  return (
    `Nothing can win within ${formatWait(budgetMs)}: that holds ${rounds === 1 ? '1 round' : `${rounds} rounds`} of ` +
    `${scenario.id} (${source}), and a winner takes ${leastRounds}. --budget ${secondsUp(leastBudgetMs(plan))}s holds ` +
    'them; or take fewer strategies, or fewer points.'
  );
}

/** What one round of all cells takes, and how that is known. */
function roundOf(plan: Plan): { readonly ms: number; readonly source: string } {
  const prices = knownPrices(plan);
  const ms = plan.runnable.reduce((sum, { id }) => sum + prices.ofMs(id), 0);
  const all = prices.measured === plan.runnable.length;
  return { ms, source: all ? 'from earlier runs on this machine' : 'a guess before anything is measured' };
}

function secondsUp(ms: number): number {
  return Math.ceil(ms / 1_000);
}
