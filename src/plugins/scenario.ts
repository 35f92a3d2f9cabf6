import { basename } from 'node:path';
import { InputError } from '../contract/errors.js';
import { type Axes, type PriceList, pricedPhases, type Scenario } from '../contract/scenario.js';
import { findScenarioFile, type ScenarioEntry, type ScenarioFile, shippedScenarioFiles } from './find.js';
import { importDefault } from './load-module.js';
import { type Home, ownHome } from './module.js';

/** All scenarios that ship with the tool. */
export async function shippedScenarios(): Promise<ScenarioEntry[]> {
  return Promise.all(shippedScenarioFiles().map(loaded));
}

/** A scenario by id or file path, imported. */
export async function findScenario(name: string, home: Home = ownHome): Promise<ScenarioEntry> {
  return loaded(findScenarioFile(name, home));
}

async function loaded(file: ScenarioFile): Promise<ScenarioEntry> {
  return { ...file, scenario: await importScenario(file.module) };
}

/** Imports a scenario and checks its shape; each message names the file and the field. */
export async function importScenario(href: string): Promise<Scenario> {
  const found = (await importDefault(href, 'scenario')) as Partial<Scenario> | null;
  const wrong =
    typeof found === 'object' && found !== null
      ? scenarioProblem(found)
      : 'its default export is no object; export defineScenario({ … })';
  if (wrong !== undefined) throw new InputError(`scenario ${basename(new URL(href).pathname)}: ${wrong}`);
  return found as Scenario;
}

/** The first thing that is wrong with it, as a sentence that names the field. */
function scenarioProblem(found: Partial<Scenario>): string | undefined {
  const { title, question, kernel, from, sweeps, quick, budget, claims, prices, bandwidth } = found;
  if (typeof title !== 'string') return '`title` must be a sentence';
  if (typeof question !== 'string') return '`question` must be a sentence';
  if (typeof kernel?.module !== 'string' || typeof kernel.options !== 'object')
    return '`kernel` must be { module: id or href, options: {} }';
  if (from !== 'lists' && from !== 'columns') return "`from` must be 'lists' or 'columns'";
  if (!areSweeps(sweeps)) return '`sweeps` must be a list of { axis: [values] } with at least one';
  if (!areSweeps(quick)) return '`quick` must be a list of { axis: [values] } with at least one';
  if (budget !== undefined && typeof budget !== 'string') return "`budget` must be a time like '60s' or '5m'";
  if (!Array.isArray(claims)) return '`claims` must be a list, empty where the source claims nothing';
  const wrong = prices === undefined ? undefined : pricesProblem(prices);
  if (wrong !== undefined) return wrong;
  if (budget !== undefined && prices?.alone)
    return '`budget` means nothing beside `prices.alone`: where nobody is a rival, all rounds are measured';
  return bandwidth === undefined || bandwidth === true ? undefined : '`bandwidth` must be true, or left out';
}

function areSweeps(value: unknown): value is readonly Axes[] {
  const isAxes = (axes: unknown) =>
    typeof axes === 'object' &&
    axes !== null &&
    Object.values(axes).every((values) => Array.isArray(values) && values.length > 0);
  return Array.isArray(value) && value.length > 0 && value.every(isAxes);
}

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
  if (!pricedPhases.some((phase) => phase === row.of))
    return `\`of\` must be one of ${pricedPhases.join(', ')}`;
  if (row.per !== 'event' && row.per !== 'number') return "`per` must be 'event' or 'number'";
  const { low, high } = (row.source ?? { low: 0, high: 0 }) as { low: unknown; high: unknown };
  if (typeof low !== 'number' || typeof high !== 'number' || low > high)
    return '`source` must be { low, high } in ns';
  return undefined;
}
