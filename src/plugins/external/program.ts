import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError } from '../../contract/errors.js';
import type { KernelRef } from '../../contract/kernel.js';
import type { DataHome, Program } from '../../contract/program.js';
import type { OpenRequest, Strategy, Support } from '../../contract/strategy.js';
import { suggest } from '../../dictionary/did-you-mean.js';
import { manifestName, readManifest } from './manifest.js';

/*
 * A strategy of a program as an href, so that it crosses borders like a module's: the manifest's, with what was chosen
 * in its query (`…/python/program.json?strategy=numpy&home=program&python=/usr/bin/python3`).
 */
const homes: readonly DataHome[] = ['program', 'node'];

interface ProgramPlugin {
  /** `python-numpy`, or `python-numpy-from-node`. */
  readonly id: string;
  /** Its href. */
  readonly module: string;
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
  const prefix = programOf(all[0].module).manifest.id.length + 1;
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
      return { id: programStrategyId(program), module: hrefOf(program) };
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

/**
 * Copies of the data that pass between Node and a program: packed, in the file, there, and back again; and what becomes
 * lists again in Node. Measured on C: `npm run bench:figures -- program-memory`.
 */
const defaultFootprint = { columns: 7, inFlight: { ints: 40, doubles: 40, columns: 0 } };

/** The id of a program's strategy: `python-numpy`, or `python-numpy-from-node` where the data starts in Node. */
export function programStrategyId({ manifest, strategy, home }: Program): string {
  return `${manifest.id}-${strategy.id}${home === 'node' ? '-from-node' : ''}`;
}

/** A program has its kernels in its own language: those that its manifest names. */
export function supportFor({ manifest, strategy }: Program, { module }: KernelRef): Support {
  const kernels = strategy.kernels ?? manifest.kernels;
  const id = kernelId(module);
  return (
    kernels.includes(id) || { reason: `its program has no kernel "${id}"; it has ${kernels.join(', ')}` }
  );
}

/** A strategy that a program carries out. Nothing is started or imported for it before it is opened. */
export function programStrategy(program: Program): Strategy {
  const { manifest, strategy, home } = program;
  const label = programStrategyId(program);
  const start = async (request: OpenRequest) => {
    const { startProgram } = await import('./start.js');
    return startProgram(program, label, { ...request, kind: request.kernel.kind });
  };
  const open = async (request: OpenRequest) => {
    const [{ openFromNode }, session] = await Promise.all([import('./from-node.js'), start(request)]);
    return openFromNode(session, home);
  };
  return {
    title: home === 'node' ? `${strategy.title}, called from Node` : strategy.title,
    family: 'external',
    style: manifest.colour === undefined ? undefined : { colour: manifest.colour },
    options: strategy.options,
    footprint: strategy.footprint ?? defaultFootprint,
    onWorkers: strategy.onWorkers,
    supports: (_kernel, _plugin, _host, ref) => supportFor(program, ref),
    open,
    ...(home === 'program' ? { home: { program: manifest.id, start } } : {}),
  };
}

/** The program and its arguments, with what was chosen in place of `{names}`. Throws where a name stands for nothing. */
export function commandOf({ manifest, chosen }: Program): [string, ...string[]] {
  return filledIn(manifest.command, { ...manifest.tools, ...chosen });
}

export function filledIn(
  command: readonly [string, ...string[]],
  values: Readonly<Record<string, string>>,
): [string, ...string[]] {
  const fill = (part: string) =>
    part.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (values[name] === undefined) throw new Error(`nothing is known for {${name}} of its command`);
      return values[name];
    });
  const [file, ...args] = command;
  return [fill(file), ...args.map(fill)];
}

/** What a manifest calls a kernel: its file name without the ending. */
export function kernelId(module: string): string {
  return (new URL(module).pathname.split('/').at(-1) ?? '').replace(/\.[mc]?[jt]s$/, '');
}
