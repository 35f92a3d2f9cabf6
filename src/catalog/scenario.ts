import { basename } from 'node:path';
import { InputError } from '../contract/errors.js';
import type { Axes, Scenario } from '../contract/scenario.js';
import { importDefault } from './load-module.js';
import { type Home, ownHome } from './module.js';
import {
  findScenarioFile,
  type ScenarioEntry,
  type ScenarioFile,
  shippedScenarioFiles,
} from './scenario-files.js';
import { pricesProblem } from './scenario-prices.js';

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
  const problem = (what: string) => new InputError(`scenario ${basename(new URL(href).pathname)}: ${what}`);
  if (typeof found !== 'object' || found === null)
    throw problem('its default export is no object; export defineScenario({ … })');
  for (const field of ['title', 'question'] as const) {
    if (typeof found[field] !== 'string') throw problem(`\`${field}\` must be a sentence`);
  }
  if (typeof found.kernel?.module !== 'string' || typeof found.kernel.options !== 'object') {
    throw problem('`kernel` must be { module: id or href, options: {} }');
  }
  if (found.from !== 'lists' && found.from !== 'columns')
    throw problem("`from` must be 'lists' or 'columns'");
  if (!areSweeps(found.sweeps))
    throw problem('`sweeps` must be a list of { axis: [values] } with at least one');
  if (!areSweeps(found.quick))
    throw problem('`quick` must be a list of { axis: [values] } with at least one');
  if (found.budget !== undefined && typeof found.budget !== 'string')
    throw problem("`budget` must be a time like '60s' or '5m'");
  if (!Array.isArray(found.claims))
    throw problem('`claims` must be a list, empty where the source claims nothing');
  const wrong = found.prices === undefined ? undefined : pricesProblem(found.prices);
  if (wrong !== undefined) throw problem(wrong);
  if (found.budget !== undefined && found.prices?.alone)
    throw problem(
      '`budget` means nothing beside `prices.alone`: where nobody is a rival, all rounds are measured',
    );
  if (found.bandwidth !== undefined && found.bandwidth !== true)
    throw problem('`bandwidth` must be true, or left out');
  return found as Scenario;
}

function areSweeps(value: unknown): value is readonly Axes[] {
  const isAxes = (axes: unknown) =>
    typeof axes === 'object' &&
    axes !== null &&
    Object.values(axes).every((values) => Array.isArray(values) && values.length > 0);
  return Array.isArray(value) && value.length > 0 && value.every(isAxes);
}
