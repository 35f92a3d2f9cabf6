import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readLines, readResults } from '../../../src/results/reader.js';
import { type Mode, verdictOf } from './simulated-run.js';

const program = fileURLToPath(new URL('./simulated-run.js', import.meta.url));

const logOf = (folder: string) => join(folder, 'measured.log');
export const resultsOf = (folder: string) => join(folder, 'results.ndjson');

/**
 * Carries out, or goes on with, the simulated run in a process group of its own; SIGKILLs the whole group so long
 * after it began. Resolves with whether it was still at work then.
 */
export async function runAndKill(folder: string, mode: Mode, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, folder, mode, logOf(folder)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<boolean>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(signal === 'SIGKILL');
      else reject(new Error(`the simulated run in ${folder} ended with ${code ?? signal}`));
    });
  });
  child.stdout.once('data', async () => {
    if (!Number.isFinite(afterMs)) return;
    await sleep(afterMs);
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  return ended;
}

/** What is wrong with a run that was cut off and went on, compared with an unbroken one; empty where nothing is. */
export function differences(folder: string, unbroken: string, kills: number): string[] {
  const [one, other] = [readResults(resultsOf(folder)), readResults(resultsOf(unbroken))];
  const keys = one.records.map(({ cell, round }) => `${cell} ${round}`);
  const found: string[] = [];
  if (one.end?.status !== 'finished') found.push('it has no end');
  if (new Set(keys).size !== keys.length) found.push('a cell has two records of one round');
  if (one.records.length !== other.records.length)
    found.push(`${one.records.length} records, not ${other.records.length}`);
  if (verdictOf(resultsOf(folder)) !== verdictOf(resultsOf(unbroken))) found.push('its verdict differs');
  // Each kill may cost the cell in flight, which is begun again; nothing else is.
  const begun = existsSync(logOf(folder)) ? readFileSync(logOf(folder), 'utf8').trimEnd().split('\n') : [];
  const again = begun.length - new Set(begun).size;
  if (again > kills) found.push(`${again} cells were begun twice after ${kills} kills`);
  return found;
}

/** Was there a header at the moment of the kill? Without one nothing was measured, and there is nothing to resume. */
export function hasHeader(folder: string): boolean {
  try {
    readLines(resultsOf(folder));
    return true;
  } catch {
    return false;
  }
}
