import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KernelEntry } from '../catalog/kernel-files.js';
import { isProgramHref } from '../catalog/program.js';
import type { StrategyEntry } from '../catalog/strategy-files.js';
import { InputError } from '../contract/errors.js';
import type { BenchOptions } from './bench-options.js';

/**
 * Strategies in other languages are built and greeted before anything is measured; what is not installed is said and
 * does not apply. Others are returned as they are.
 */
export async function readyPrograms(
  strategies: readonly StrategyEntry[],
  { module, plugin }: KernelEntry,
  options: BenchOptions,
  { note }: { note(line: string): void },
): Promise<StrategyEntry[]> {
  const tools = toolsOf(options);
  if (!strategies.some((entry) => isProgramHref(entry.module))) return [...strategies];
  // Whoever measures no program does not wait for what starts them.
  const { readyStrategy } = await import('../measure/preflight/programs.js');
  const ref = { module, options: plugin.options };
  const ready: StrategyEntry[] = [];
  for (const entry of strategies) {
    const { entry: found, needs } = await readyStrategy(entry, ref, tools);
    if (needs !== undefined) note(`${entry.label}: skipped: needs ${needs}`);
    ready.push(found);
  }
  return ready;
}

/** `--python` as programs start it: they run in folders of their own. */
function toolsOf({ python }: BenchOptions): Record<string, string> {
  if (python === undefined) return {};
  if (!/[/\\]/.test(python)) return { python };
  const path = resolve(python);
  if (!existsSync(path)) throw new InputError(`--python ${python}: there is no such file.`);
  return { python: path };
}
