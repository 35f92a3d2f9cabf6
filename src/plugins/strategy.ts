import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';
import type { Strategy } from '../contract/strategy.js';
import { isProgramHref, programOf, programStrategy, programStrategyId } from './external/program.js';
import {
  findStrategyFiles,
  idOf,
  type StrategyEntry,
  type StrategyFile,
  shippedPeerFiles,
  shippedProgramFiles,
  shippedStrategyFiles,
  strategyEntry,
} from './find.js';
import { importDefault } from './load-module.js';
import { type Home, ownHome } from './module.js';

/** A strategy that has been imported, in the process that is to run it. */
export interface LoadedStrategy extends StrategyEntry {
  readonly strategy: Strategy;
}

const families = ['serial', 'concurrent', 'vectorized', 'threads', 'processes', 'external'];

/** Imports a strategy module and checks its shape; reads a program's manifest. */
export async function importStrategy(href: string): Promise<Strategy> {
  if (isProgramHref(href)) return programStrategy(programOf(href));
  const found = (await importDefault(href, 'strategy')) as Partial<Strategy> | null;
  const file = basename(fileURLToPath(href));
  const lacks = (what: string) =>
    new InputError(
      `strategy ${file}: its default export has no ${what}. Export defineStrategy({ title, family, open }).`,
    );
  if (typeof found !== 'object' || found === null) throw lacks('fields at all');
  if (typeof found.open !== 'function') throw lacks('function `open`');
  if (typeof found.title !== 'string') throw lacks('`title`');
  if (found.family === undefined || !families.includes(found.family))
    throw lacks(`\`family\` (one of ${families.join(', ')})`);
  return found as Strategy;
}

/** All strategies that ship with the tool, each with every option at its default. */
export function shippedStrategies(home: Home = ownHome): Promise<LoadedStrategy[]> {
  return loaded(shippedStrategyFiles(home));
}

/** All strategies in other languages that ship with the tool. Nothing is started for it. */
export function shippedPrograms(home: Home = ownHome): Promise<LoadedStrategy[]> {
  return loaded(shippedProgramFiles(home));
}

/** Other people's pools that ship with the tool. */
export function shippedPeers(home: Home = ownHome): Promise<LoadedStrategy[]> {
  return loaded(shippedPeerFiles(home));
}

/** Strategies by id, label or path, imported. */
export async function findStrategies(
  names?: readonly string[],
  home: Home = ownHome,
): Promise<LoadedStrategy[]> {
  return loaded(findStrategyFiles(names, home));
}

/** A strategy file with every combination of its options' values, defaults first. */
export async function strategyEntries(href: string): Promise<LoadedStrategy[]> {
  const strategy = await importStrategy(href);
  const path = fileURLToPath(href).replace(/\/index\.[mc]?[jt]s$/, '');
  const combinations = Object.entries(strategy.options ?? {}).reduce<Options[]>(
    (options, [name, values]) =>
      options.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
  const id = isProgramHref(href) ? programStrategyId(programOf(href)) : idOf(path);
  return combinations.map((asked) => strategyEntry({ id, module: href, asked }, strategy));
}

function loaded(files: readonly StrategyFile[]): Promise<LoadedStrategy[]> {
  return Promise.all(files.map(async (file) => strategyEntry(file, await importStrategy(file.module))));
}
