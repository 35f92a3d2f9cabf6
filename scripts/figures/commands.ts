import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure, median } from './figure.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Whole commands, from start to exit. */
export async function commands(): Promise<Figure[]> {
  const list = median(Array.from({ length: 9 }, () => secondsOf(['list'])));
  const quick = inFolder((out) => secondsOf(['bench', '--scenario', 'large-lists', '--quick', '--out', out]));
  return [
    atMost('breakeven list', 300, list * 1_000, ' ms'),
    atMost('large-lists --quick, command to verdict', 60, quick, ' s'),
  ];
}

/** The main job in full: minutes, so only when it is named. */
export async function mainJob(): Promise<Figure[]> {
  const seconds = inFolder((out) => secondsOf(['bench', '--scenario', 'large-lists', '--out', out]));
  return [atMost('large-lists, command to verdict', 8, seconds / 60, ' min')];
}

function secondsOf(args: readonly string[]): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`breakeven ${args.join(' ')} ended with ${status}: ${stderr}`);
  return (performance.now() - began) / 1_000;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-figures-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
