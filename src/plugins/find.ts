import { existsSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { KernelPlugin, Options } from '../contract/kernel.js';
import type { Scenario } from '../contract/scenario.js';
import type { Strategy } from '../contract/strategy.js';
import { suggest } from '../dictionary/did-you-mean.js';
import { programPlugins, programsAt } from './external/program.js';
import { type Home, hrefOfFile, looksLikePath, ownHome } from './module.js';

/*
 * Plug-ins by their names: ids of what lies in the folders, or paths of somebody's own files. Nothing is imported here:
 * the driver may find what it must never run.
 */

/** A plug-in as it was named. */
export interface PluginFile {
  /** File name without ending, or the folder's name. */
  readonly id: string;
  /** Its href. */
  readonly module: string;
}

export type KernelFile = PluginFile;
export type ScenarioFile = PluginFile;

/** What a kernel says of itself, as plain data. */
export interface KernelTraits
  extends Pick<KernelPlugin, 'title' | 'options' | 'split' | 'agree' | 'calibrated'> {
  /** It measures the machine before a run. */
  readonly calibrates: boolean;
}

export interface KernelEntry extends KernelFile {
  readonly plugin: KernelTraits;
}

/** A scenario with what it holds, which is plain data. */
export interface ScenarioEntry extends ScenarioFile {
  readonly scenario: Scenario;
}

export interface StrategyFile extends PluginFile {
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
    | 'baselineLoop'
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

/** All kernels that ship with the tool. */
export function shippedKernelFiles(home: Home = ownHome): KernelFile[] {
  return filesIn('scenarios/kernels/', home);
}

/** Finds a kernel by id, href or file path. */
export function findKernelFile(name: string, home: Home = ownHome): KernelFile {
  if (name.startsWith('file:')) return { id: idOf(new URL(name).pathname), module: name };
  return pathFile(name, 'kernel', home) ?? fileNamed(name, 'kernel', shippedKernelFiles(home));
}

/** All scenarios that ship with the tool. */
export function shippedScenarioFiles(home: Home = ownHome): ScenarioFile[] {
  return filesIn('scenarios/', home);
}

/** Finds a scenario by id or file path. */
export function findScenarioFile(name: string, home: Home = ownHome): ScenarioFile {
  return pathFile(name, 'scenario', home) ?? fileNamed(name, 'scenario', shippedScenarioFiles(home), ['all']);
}

/** All strategies that ship with the tool. */
export function shippedStrategyFiles(home: Home = ownHome): StrategyFile[] {
  return filesIn('strategies/', home).map(plain);
}

/** All strategies in other languages that ship with the tool. Nothing is started for it. */
export function shippedProgramFiles(home: Home = ownHome): StrategyFile[] {
  return programPlugins(strategiesFolder(home)).map(plain);
}

/** Other people's pools, each what its users would write: measured where they are named or asked for (`--peers`). */
export function shippedPeerFiles(home: Home = ownHome): StrategyFile[] {
  return filesIn('strategies/peers/', home).map(plain);
}

/** Whatever a strategy may be called by its id alone: modules, programs and peers. */
export function knownStrategyFiles(home: Home = ownHome): StrategyFile[] {
  return [...shippedStrategyFiles(home), ...shippedProgramFiles(home), ...shippedPeerFiles(home)];
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

/** Modules that ship and are not among the chosen ones: a run may say that it did not try them. */
export function leftOutStrategyFiles(
  chosen: readonly Pick<StrategyFile, 'id'>[],
  home: Home = ownHome,
): StrategyFile[] {
  const ids = new Set(chosen.map(({ id }) => id));
  return shippedStrategyFiles(home).filter(({ id }) => !ids.has(id));
}

/**
 * Finds strategies by id, label or path. Without names, or where one is `node`: all modules that ship. Programs take part
 * where they are named.
 */
export function findStrategyFiles(names?: readonly string[], home: Home = ownHome): StrategyFile[] {
  if (names === undefined || names.length === 0) return shippedStrategyFiles(home);
  const known = knownStrategyFiles(home);
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
  const grouped = groupedPlugins(id, strategiesFolder(home));
  const programs =
    grouped.length > 0 ? grouped : looksLikePath(id) ? programsAt(resolve(home.folder, id)) : [];
  const found =
    programs.length > 0 ? programs : [pathFile(id, 'strategy', home) ?? fileNamed(id, 'strategy', known)];
  return found.map((each) => ({ id: each.id, module: each.module, asked }));
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

/**
 * The plug-ins in a folder: `<id>.js` or `<id>/index.js`. Names with a second dot (tests, helpers) or a leading "_"
 * are skipped. Sorted by id.
 */
export function pluginFiles(folder: URL): PluginFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((entry): PluginFile[] => {
      if (entry.isFile() && /^[^.]+\.m?js$/.test(entry.name))
        return [{ id: idOf(entry.name), module: new URL(entry.name, folder).href }];
      const index = new URL(`${entry.name}/index.js`, folder);
      return entry.isDirectory() && existsSync(index) ? [{ id: entry.name, module: index.href }] : [];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The id of a plug-in that lies at a path. */
export function idOf(path: string): string {
  return basename(path).replace(/\.[mc]?[jt]s$/, '');
}

function strategiesFolder({ packageHref }: Home): URL {
  return new URL('strategies/', packageHref);
}

function filesIn(folder: string, { packageHref }: Home): PluginFile[] {
  return pluginFiles(new URL(folder, packageHref));
}

function plain(file: PluginFile): StrategyFile {
  return { ...file, asked: {} };
}

/** Somebody's own file; undefined where the name is no path. */
function pathFile(name: string, what: string, home: Home): PluginFile | undefined {
  return looksLikePath(name) ? { id: idOf(name), module: hrefOfFile(name, what, home) } : undefined;
}

/** Throws an InputError that names the nearest of `known`, `besides` among them. */
function fileNamed(
  name: string,
  what: string,
  known: readonly PluginFile[],
  besides: readonly string[] = [],
): PluginFile {
  const found = known.find(({ id }) => id === name);
  if (found !== undefined) return found;
  const names = [...known.map(({ id }) => id), ...besides];
  throw new InputError(`there is no ${what} "${name}".${suggest(name, names)}`);
}
