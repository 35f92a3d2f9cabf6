import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { readJsonFile } from '../../files/json-file.js';
import { makeFolder } from '../../files/make-folder.js';
import { replaceFile } from '../../files/write-file.js';
import { v } from '../../results/valid.js';

/*
 * Where the tool keeps what belongs to a machine rather than to a project: one JSON object per file.
 */

/** What a run learns of a cell takes a hundred bytes: so much is no file of ours. */
const mostBytes = 64 * 2 ** 20;

/**
 * What is known by name. Empty where the file is not there yet or is no such object; an entry that is not as `schema`
 * says is left out. Either way it is measured again.
 */
export function readCache<Value>(
  name: string,
  schema: v.GenericSchema<unknown, Value>,
): Record<string, Value> {
  let found: unknown;
  try {
    found = readJsonFile(join(cacheFolder(), name), mostBytes);
  } catch {
    return {};
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {};
  const sound = Object.entries(found).flatMap(([key, value]) => {
    const result = v.safeParse(schema, value);
    return result.success ? [[key, result.output] as const] : [];
  });
  return Object.fromEntries(sound);
}

export function writeCache<Value>(name: string, known: Readonly<Record<string, Value>>): void {
  try {
    makeFolder(cacheFolder());
    replaceFile(join(cacheFolder(), name), `${JSON.stringify(known, null, 2)}\n`);
  } catch {
    // A home that cannot be written costs the tool what it had learnt, never a run.
  }
}

/**
 * `$BREAKEVEN_CACHE`, else `breakeven` in the user's cache folder. An empty or relative HOME or XDG_CACHE_HOME names no
 * folder of the user's: what came of it would lie in the project that happens to be the current folder.
 */
export function cacheFolder(): string {
  const { BREAKEVEN_CACHE: own = '', XDG_CACHE_HOME: cache = '' } = process.env;
  if (own !== '') return own;
  const home = isAbsolute(homedir()) ? homedir() : userInfo().homedir;
  return join(isAbsolute(cache) ? cache : join(home, '.cache'), 'breakeven');
}
