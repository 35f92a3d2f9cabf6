import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Comparison } from '../../src/compare/types.js';

const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

interface Asked {
  readonly base: string;
  readonly head: string;
  /** A program that keeps one processor busy begins with this round (from 1). */
  readonly loadFromRound?: number;
}

/** Runs the built program in a repository and reads what it wrote. */
export async function runComparison(
  cwd: string,
  { base, head, loadFromRound }: Asked,
): Promise<Comparison & { readonly headline: string }> {
  const args = ['compare', '--base', base, '--head', head, '--scenario', 'gate.mjs', '--rounds', '8'];
  const child = spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  let load: ChildProcess | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (loadFromRound !== undefined && load === undefined && stderr.includes(`: round ${loadFromRound},`))
      load = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code === null || code === 2) throw new Error(`compare ended with ${code}: ${stderr}`);
  } finally {
    load?.kill('SIGKILL');
  }
  const folder = dirname(join(cwd, stdout.trimEnd().split('\n').at(-1) ?? ''));
  return JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8')) as Comparison & {
    headline: string;
  };
}
