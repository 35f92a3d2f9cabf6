import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Random } from '../../src/results/random.js';
import { readResults } from '../../src/results/reader.js';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

const args = ['--scenario', 'large-lists', '--keys', '4', '--length', '1000', '--quick', '--rounds', '4'];
const strategies = ['for-loop', 'typed-array', 'child-process[serialization=json]'];

/** The real program on real cells, killed with its whole group at a random moment and resumed. */
export async function realRuns(folder: string, times: number, random: Random): Promise<string[]> {
  const lines: string[] = [];
  for (let i = 0; i < times; i++) {
    const cwd = join(folder, String(i));
    mkdirSync(cwd, { recursive: true });
    const command = [...args, ...strategies.flatMap((strategy) => ['--only', strategy])];
    const afterMs = 2_000 + random.uniform() * 3_000;
    await start(command, cwd, afterMs);
    const run = runIn(cwd);
    if (run === undefined) lines.push(`real: killed after ${Math.round(afterMs)} ms, before its first line`);
    else lines.push(await resumed(run, cwd, afterMs));
  }
  return lines;
}

async function resumed(run: string, cwd: string, afterMs: number): Promise<string> {
  const path = join(cwd, run, 'results.ndjson');
  const before = readResults(path).records.length;
  const code = await start(['--resume', run], cwd, Number.POSITIVE_INFINITY);
  const { header, records, end } = readResults(path);
  const keys = new Set(records.map(({ cell, round }) => `${cell} ${round}`));
  const told = `real: SIGKILL after ${Math.round(afterMs)} ms with ${before} of ${records.length} cells kept, resumed`;
  const every = header.cells.every(({ id }) => records.some(({ cell }) => cell === id));
  const report = existsSync(join(cwd, run, 'verdict.md'));
  // 3: a machine that was busy or throttled is said to be unfit to judge; nothing is lost by that.
  const fine =
    (code === 0 || code === 3) &&
    every &&
    keys.size === records.length &&
    end?.status === 'finished' &&
    report;
  return fine ? `${told}: complete, report written` : `FAILED ${told}: exit code ${code}`;
}

async function start(command: readonly string[], cwd: string, afterMs: number): Promise<number | null> {
  const child = spawn(process.execPath, [main, ...command], {
    cwd,
    detached: true,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, BREAKEVEN_CACHE: cwd },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  if (Number.isFinite(afterMs)) {
    await Promise.race([sleep(afterMs), ended]);
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  }
  return ended;
}

function runIn(cwd: string): string | undefined {
  const folder = join('reports', 'large-lists');
  if (!existsSync(join(cwd, folder))) return undefined;
  const [run] = readdirSync(join(cwd, folder));
  return run === undefined ? undefined : join(folder, run);
}
