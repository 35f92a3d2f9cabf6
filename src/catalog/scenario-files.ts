import { basename } from 'node:path';
import { InputError } from '../contract/errors.js';
import type { Scenario } from '../contract/scenario.js';
import { type Home, hrefOfFile, looksLikePath, ownHome, packageHref } from './module.js';
import { pluginFiles } from './plugin-files.js';
import { suggest } from './suggest.js';

/** A scenario as it was named. Nothing of it has been imported. */
export interface ScenarioFile {
  readonly id: string;
  readonly module: string;
}

/** With what it holds, which is plain data. */
export interface ScenarioEntry extends ScenarioFile {
  readonly scenario: Scenario;
}

/** All scenarios that ship with the tool. */
export function shippedScenarioFiles(): ScenarioFile[] {
  return pluginFiles(new URL('scenarios/', packageHref)).map(({ id, href }) => ({ id, module: href }));
}

/** Finds a scenario by id or file path. */
export function findScenarioFile(name: string, home: Home = ownHome): ScenarioFile {
  if (looksLikePath(name))
    return {
      id: basename(name).replace(/\.[mc]?[jt]s$/, ''),
      module: hrefOfFile(name, 'scenario', home),
    };
  const known = pluginFiles(new URL('scenarios/', home.packageHref));
  const found = known.find(({ id }) => id === name);
  if (found === undefined) {
    throw new InputError(
      `there is no scenario "${name}".${suggest(name, [...known.map(({ id }) => id), 'all'])}`,
    );
  }
  return { id: found.id, module: found.href };
}
