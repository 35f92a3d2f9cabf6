import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../contract/errors.js';
import type { DataHome, Program } from '../contract/program.js';
import { programStrategyId } from '../programs/strategy.js';
import { manifestName, readManifest } from './manifest.js';
import { suggest } from './suggest.js';

/*
 * A strategy of a program as an href, so that it crosses borders like a module's: the manifest's, with what was chosen
 * in its query (`…/python/program.json?strategy=numpy&home=program&python=/usr/bin/python3`).
 */
const homes: readonly DataHome[] = ['program', 'node'];

export interface ProgramPlugin {
  /** `python-numpy`, or `python-numpy-from-node`. */
  readonly id: string;
  readonly href: string;
}

export function isProgramHref(href: string): boolean {
  return new URL(href).pathname.endsWith('.json');
}

/** All strategies of the manifests in a folder: with the data at home, then called from Node. Starts nothing. */
export function programPlugins(folder: URL): ProgramPlugin[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => new URL(`${name}/${manifestName}`, folder))
    .filter((manifest) => existsSync(manifest))
    .flatMap((manifest) => pluginsOf(manifest.href));
}

/** href of the manifest that a path names, or the folder of which it names; undefined where there is none. */
export function manifestAt(path: string): string | undefined {
  const file = path.endsWith('.json') ? path : join(path, manifestName);
  return existsSync(file) ? pathToFileURL(file).href : undefined;
}

/**
 * What a path names: the folder of a manifest or the manifest itself, all of its strategies; `folder:numpy`, one of
 * them. Empty where it is neither. Throws an InputError where something is wrong with the manifest.
 */
export function programsAt(path: string): ProgramPlugin[] {
  const [, place, wanted] = /^(.*?)(?::([\w-]+))?$/s.exec(path) ?? [];
  const manifest = manifestAt(place);
  if (manifest === undefined) return [];
  const all = pluginsOf(manifest);
  if (wanted === undefined) return all;
  const prefix = programOf(all[0].href).manifest.id.length + 1;
  const ends = all.map(({ id }) => id.slice(prefix));
  if (!ends.includes(wanted))
    throw new InputError(`program ${place} has no strategy "${wanted}".${suggest(wanted, ends)}`);
  return all.filter((_, index) => ends[index] === wanted);
}

/** The strategies of one manifest. Throws an InputError where something is wrong with it. */
export function pluginsOf(manifestHref: string): ProgramPlugin[] {
  const path = fileURLToPath(manifestHref);
  const manifest = readManifest(path);
  return homes.flatMap((home) =>
    manifest.strategies.map((strategy) => {
      const program = { manifest, strategy, home, folder: dirname(path), chosen: {} };
      return { id: programStrategyId(program), href: hrefOf(program) };
    }),
  );
}

export function hrefOf({ manifest: _, strategy, home, folder, chosen }: Program): string {
  const href = pathToFileURL(`${folder}/${manifestName}`);
  href.search = new URLSearchParams({ strategy: strategy.id, home, ...chosen }).toString();
  return href.href;
}

/** The program that an href stands for. */
export function programOf(href: string): Program {
  const url = new URL(href);
  const { strategy: id, home, ...chosen } = Object.fromEntries(url.searchParams);
  url.search = '';
  const path = fileURLToPath(url);
  const manifest = readManifest(path);
  const strategy = manifest.strategies.find((each) => each.id === id);
  if (strategy === undefined || !homes.includes(home as DataHome))
    throw new InputError(
      `program ${manifest.id} has no strategy "${id}".${suggest(
        id ?? '',
        manifest.strategies.map((each) => each.id),
      )}`,
    );
  return { manifest, strategy, home: home as DataHome, folder: dirname(path), chosen };
}

/** The same strategy with tools of the user's choice; those that its manifest does not know are not for it. */
export function choosing(href: string, tools: Readonly<Record<string, string>>): string {
  const program = programOf(href);
  const known = Object.entries(tools).filter(([name]) => name in (program.manifest.tools ?? {}));
  return hrefOf({ ...program, chosen: { ...program.chosen, ...Object.fromEntries(known) } });
}
