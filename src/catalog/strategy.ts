import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';
import type { Strategy } from '../contract/strategy.js';
import { programStrategy, programStrategyId } from '../programs/strategy.js';
import { type Home, hrefOfFile, importDefault, looksLikePath, ownHome } from './module.js';
import { type PluginFile, pluginFiles } from './plugin-files.js';
import { isProgramHref, programOf, programPlugins, programsAt } from './program.js';
import { suggest } from './suggest.js';

/** A strategy with its options fixed: what a column of the results stands for. */
export interface StrategyEntry {
  readonly id: string;
  /** id, or id[option=value,…] where it has options. */
  readonly label: string;
  readonly module: string;
  readonly options: Options;
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
export async function shippedStrategies(home: Home = ownHome): Promise<StrategyEntry[]> {
  const files = pluginFiles(new URL('strategies/', home.packageHref));
  return Promise.all(files.map(async ({ id, href }) => entry(id, href, await importStrategy(href), {})));
}

/** All strategies in other languages that ship with the tool. Nothing is started for it. */
export async function shippedPrograms(home: Home = ownHome): Promise<StrategyEntry[]> {
  const plugins = programPlugins(new URL('strategies/', home.packageHref));
  return Promise.all(plugins.map(async ({ id, href }) => entry(id, href, await importStrategy(href), {})));
}

/** Other people's pools, each what its users would write: measured where they are named or asked for (`--peers`). */
export async function shippedPeers(home: Home = ownHome): Promise<StrategyEntry[]> {
  const files = pluginFiles(new URL('strategies/peers/', home.packageHref));
  return Promise.all(files.map(async ({ id, href }) => entry(id, href, await importStrategy(href), {})));
}

/** A strategy file with every combination of its options' values, defaults first. */
export async function strategyEntries(href: string): Promise<StrategyEntry[]> {
  const strategy = await importStrategy(href);
  const path = fileURLToPath(href).replace(/\/index\.[mc]?[jt]s$/, '');
  const combinations = Object.entries(strategy.options ?? {}).reduce<Options[]>(
    (options, [name, values]) =>
      options.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
  const id = isProgramHref(href)
    ? programStrategyId(programOf(href))
    : basename(path).replace(/\.[mc]?[jt]s$/, '');
  return combinations.map((options) => entry(id, href, strategy, options));
}

/** Finds strategies by id, label or path. Without names: all modules that ship; programs take part where they are named. */
export async function findStrategies(
  names?: readonly string[],
  home: Home = ownHome,
): Promise<StrategyEntry[]> {
  if (names === undefined || names.length === 0) return shippedStrategies(home);
  const folder = new URL('strategies/', home.packageHref);
  const known = [
    ...pluginFiles(folder),
    ...programPlugins(folder),
    ...pluginFiles(new URL('peers/', folder)),
  ];
  return (await Promise.all(names.map((name) => findStrategy(name, known, home)))).flat();
}

/**
 * What `group/id` names in a folder of strategies: a module or programs in one of its own folders. Such strategies take
 * part only where they are named, and are in no list. Empty where there are none.
 */
function groupedPlugins(name: string, folder: URL): PluginFile[] {
  const [, group, id] = /^([a-z][\w-]*)\/([\w:-]+)$/.exec(name) ?? [];
  if (group === undefined) return [];
  const inside = new URL(`${group}/`, folder);
  const file = pluginFiles(inside).find((each) => each.id === id);
  return file === undefined ? programsAt(fileURLToPath(new URL(`./${id}`, inside))) : [file];
}

async function findStrategy(
  name: string,
  known: readonly { id: string; href: string }[],
  home: Home,
): Promise<StrategyEntry[]> {
  const [, id, list] = /^([^[\]]+)(?:\[([^\]]*)\])?$/.exec(name) ?? [];
  if (id === undefined) throw new InputError(`strategy "${name}" is not of the form id or id[option=value].`);
  const options = Object.fromEntries(
    (list?.split(',') ?? []).map((pair) => pair.split('=').map((part) => part.trim())),
  );
  const grouped = groupedPlugins(id, new URL('strategies/', home.packageHref));
  const programs =
    grouped.length > 0 ? grouped : looksLikePath(id) ? programsAt(resolve(home.folder, id)) : [];
  if (programs.length > 0)
    return Promise.all(
      programs.map(async (each) => entry(each.id, each.href, await importStrategy(each.href), options)),
    );
  if (looksLikePath(id) && existsSync(resolve(home.folder, id))) {
    const href = hrefOfFile(id, 'strategy', home);
    return [entry(basename(id).replace(/\.[mc]?[jt]s$/, ''), href, await importStrategy(href), options)];
  }
  if (looksLikePath(id)) hrefOfFile(id, 'strategy', home);
  const found = known.find((each) => each.id === id);
  if (found === undefined) {
    throw new InputError(
      `there is no strategy "${id}".${suggest(
        id,
        known.map((each) => each.id),
      )}`,
    );
  }
  return [entry(found.id, found.href, await importStrategy(found.href), options)];
}

function entry(id: string, module: string, strategy: Strategy, asked: Options): StrategyEntry {
  const declared = strategy.options ?? {};
  for (const [name, value] of Object.entries(asked)) {
    if (!(name in declared))
      throw new InputError(
        `strategy "${id}" has no option "${name}".${suggest(name, Object.keys(declared))}`,
      );
    if (!declared[name].includes(String(value))) {
      throw new InputError(
        `option ${name} of strategy "${id}" cannot be "${value}".${suggest(String(value), declared[name])}`,
      );
    }
  }
  const options = Object.fromEntries(
    Object.entries(declared).map(([name, values]) => [name, asked[name] ?? values[0]]),
  );
  const suffix = Object.entries(options)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return { id, label: suffix === '' ? id : `${id}[${suffix}]`, module, options, strategy };
}
