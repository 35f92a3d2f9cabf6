import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { Options } from '../contract/kernel.js';
import type { Scenario } from '../contract/scenario.js';
import type { Strategy } from '../contract/strategy.js';
import { type Home, hrefOfFile, looksLikePath, ownHome } from './module.js';
import { type PluginFile, pluginFiles } from './plugin-files.js';
import { programPlugins, programsAt } from './program.js';
import { suggest } from './suggest.js';

/** A strategy as it was named. Nothing of it has been imported. */
export interface StrategyFile {
  readonly id: string;
  readonly module: string;
  /** Options in brackets behind its name. */
  readonly asked: Options;
}

/** What a strategy says of itself, as plain data. */
export interface StrategyDescription
  extends Pick<
    Strategy,
    | 'title'
    | 'family'
    | 'options'
    | 'footprint'
    | 'onWorkers'
    | 'baseline'
    | 'computesOn'
    | 'style'
    | 'fillsMemoryBandwidth'
    | 'turnInShortTrial'
  > {
  /** The program in which the user's data starts; absent where it starts here. */
  readonly home?: { readonly program: string };
}

/** A strategy with its options fixed: what a column of the results stands for. */
export interface StrategyEntry {
  readonly id: string;
  /** id, or id[option=value,…] where it has options. */
  readonly label: string;
  readonly module: string;
  readonly options: Options;
  readonly strategy: StrategyDescription;
  /** What is not installed, in words: then it applies nowhere. */
  readonly needs?: string;
}

/** All strategies that ship with the tool. */
export function shippedStrategyFiles(home: Home = ownHome): StrategyFile[] {
  return pluginFiles(new URL('strategies/', home.packageHref)).map(named);
}

/** All strategies in other languages that ship with the tool. Nothing is started for it. */
export function shippedProgramFiles(home: Home = ownHome): StrategyFile[] {
  return programPlugins(new URL('strategies/', home.packageHref)).map(named);
}

/** Other people's pools, each what its users would write: measured where they are named or asked for (`--peers`). */
export function shippedPeerFiles(home: Home = ownHome): StrategyFile[] {
  return pluginFiles(new URL('strategies/peers/', home.packageHref)).map(named);
}

/** In a list of names: every module that ships. */
const everyNodeStrategy = 'node';

/** The strategies of a scenario, or `only` those in their place, and `added` besides. */
export function chosenStrategyFiles(
  scenario: Pick<Scenario, 'strategies'>,
  { only, added = [] }: { readonly only?: readonly string[]; readonly added?: readonly string[] },
  home: Home = ownHome,
): StrategyFile[] {
  const { strategies = everyNodeStrategy } = scenario;
  const names = only ?? (typeof strategies === 'string' ? [strategies] : strategies);
  const without = names.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  const leftOut = new Set(without.length === 0 ? [] : findStrategyFiles(without, home).map(({ id }) => id));
  const named = names.filter((name) => !name.startsWith('!'));
  return [
    ...findStrategyFiles(named, home).filter(({ id }) => !leftOut.has(id)),
    ...(added.length === 0 ? [] : findStrategyFiles(added, home)),
  ];
}

/**
 * Finds strategies by id, label or path. Without names, or where one is `node`: all modules that ship. Programs take part
 * where they are named.
 */
export function findStrategyFiles(names?: readonly string[], home: Home = ownHome): StrategyFile[] {
  if (names === undefined || names.length === 0) return shippedStrategyFiles(home);
  const folder = new URL('strategies/', home.packageHref);
  const known = [
    ...pluginFiles(folder),
    ...programPlugins(folder),
    ...pluginFiles(new URL('peers/', folder)),
  ];
  return names.flatMap((name) =>
    name === everyNodeStrategy ? shippedStrategyFiles(home) : findStrategyFile(name, known, home),
  );
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

function findStrategyFile(name: string, known: readonly PluginFile[], home: Home): StrategyFile[] {
  const [, id, list] = /^([^[\]]+)(?:\[([^\]]*)\])?$/.exec(name) ?? [];
  if (id === undefined) throw new InputError(`strategy "${name}" is not of the form id or id[option=value].`);
  const asked = Object.fromEntries(
    (list?.split(',') ?? []).map((pair) => pair.split('=').map((part) => part.trim())),
  );
  const grouped = groupedPlugins(id, new URL('strategies/', home.packageHref));
  const programs =
    grouped.length > 0 ? grouped : looksLikePath(id) ? programsAt(resolve(home.folder, id)) : [];
  if (programs.length > 0) return programs.map((each) => ({ id: each.id, module: each.href, asked }));
  if (looksLikePath(id))
    return [
      { id: basename(id).replace(/\.[mc]?[jt]s$/, ''), module: hrefOfFile(id, 'strategy', home), asked },
    ];
  const found = known.find((each) => each.id === id);
  if (found === undefined) {
    throw new InputError(
      `there is no strategy "${id}".${suggest(
        id,
        known.map((each) => each.id),
      )}`,
    );
  }
  return [{ id: found.id, module: found.href, asked }];
}

function named({ id, href }: PluginFile): StrategyFile {
  return { id, module: href, asked: {} };
}

/** The column of a strategy, once it has said which options it has. Throws an InputError where it has not what was asked for. */
export function strategyEntry<Traits extends StrategyDescription>(
  { id, module, asked }: StrategyFile,
  strategy: Traits,
): StrategyEntry & { readonly strategy: Traits } {
  const declared = strategy.options ?? {};
  for (const [name, value] of Object.entries(asked)) {
    if (!Object.hasOwn(declared, name))
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
