import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resultsFileName } from '../../src/results/journal.js';
import { readResults } from '../../src/results/reader.js';
import { benchMain } from '../figures/bench-run.js';

/** A run that may be measured in several sittings: its folder's name, and what `bench` is told. */
export interface Part {
  readonly name: string;
  readonly args: readonly string[];
}

/**
 * Measures what is missing of each part, below a folder of its own, until so many seconds are over: a run that was stopped
 * is gone on with by `--resume`. Returns the path of each results file, or undefined where some of them are not finished.
 */
export function measuredInPieces(
  parts: readonly Part[],
  folder: string,
  seconds: number,
): Record<string, string> | undefined {
  const endMs = performance.now() + 1_000 * seconds;
  const files: Record<string, string> = {};
  for (const { name, args } of parts) {
    const out = join(folder, name);
    const begun = runIn(out);
    if (begun === undefined || !isFinished(begun)) {
      const leftMs = endMs - performance.now();
      if (leftMs < leastMs) return undefined;
      bench(begun === undefined ? [...args, '--out', out] : ['--resume', begun], leftMs);
    }
    const file = runIn(out);
    if (file === undefined || !isFinished(file)) return undefined;
    files[name] = file;
  }
  return files;
}

/** Starting up and writing a report take as long as this. */
const leastMs = 5_000;

function isFinished(path: string): boolean {
  return readResults(path).end?.status === 'finished';
}

/** The results file of the one run below a folder, `<scenario>/<run>/`. */
function runIn(out: string): string | undefined {
  if (!existsSync(out)) return undefined;
  return readdirSync(out, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(resultsFileName))
    .map((path) => join(out, path))[0];
}

function bench(args: readonly string[], leftMs: number): void {
  const { status, stderr } = spawnSync(process.execPath, [benchMain, 'bench', ...args], {
    encoding: 'utf8',
    timeout: Math.ceil(leftMs),
    killSignal: 'SIGINT',
  });
  // 130: its time was over; 3: the machine was too busy to judge, which the rounds that follow may mend.
  if (![0, 3, 130].includes(status ?? -1))
    throw new Error(`bench ${args.join(' ')} ended with ${status}: ${stderr}`);
}
