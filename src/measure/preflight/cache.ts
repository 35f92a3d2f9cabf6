import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/*
 * Where the tool keeps what belongs to a machine rather than to a project: one JSON object per file.
 */

/** Empty where the file is not there yet, or damaged: what was in it is measured again. */
export function readCache<Value>(name: string): Record<string, Value> {
  try {
    return JSON.parse(readFileSync(join(cacheFolder(), name), 'utf8')) as Record<string, Value>;
  } catch {
    return {};
  }
}

export function writeCache<Value>(name: string, known: Readonly<Record<string, Value>>): void {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    const path = join(cacheFolder(), name);
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(known, null, 2)}\n`);
    // In one step: two runs at once never see half a file.
    renameSync(draft, path);
  } catch {
    // A home that cannot be written costs the tool what it had learnt, never a run.
  }
}

/** `$BREAKEVEN_CACHE`, else `breakeven` in the user's cache folder. */
export function cacheFolder(): string {
  return (
    process.env.BREAKEVEN_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'breakeven')
  );
}
