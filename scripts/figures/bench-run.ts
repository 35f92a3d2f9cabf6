import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resultsFileName } from '../../src/results/journal.js';

/** The program that a user starts. */
export const benchMain = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** Runs `bench` as one runs it, into a folder of its own; returns the path of the results file. */
export function benchRun(args: readonly string[], out: string): string {
  const verdict =
    benchText([...args, '--out', out])
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  return join(dirname(verdict), resultsFileName);
}

/** What `bench` prints on stdout. */
export function benchText(args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [benchMain, 'bench', ...args], {
    encoding: 'utf8',
  });
  // 3: the machine was too busy to judge; the cells are measured all the same.
  if (status !== 0 && status !== 3)
    throw new Error(`bench ${args.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}
