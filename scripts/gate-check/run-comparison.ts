import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Comparison } from '../../src/compare/types.js';
import { type BackgroundLoad, startLoad } from '../self-check/load.js';

const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

interface Asked {
  readonly base: string;
  readonly head: string;
  /** A program that keeps one processor busy begins with this round (from 1). */
  readonly loadFromRound?: number;
  /** Default 8. */
  readonly rounds?: number;
  /** Further ones. */
  readonly options?: readonly string[];
  readonly signal: AbortSignal;
  /** The program runs in a process group of its own. */
  onStart(group: number): void;
}

/** Runs the built program in a repository and reads what it wrote. Throws where it did not come to a comparison. */
export async function runComparison(
  cwd: string,
  { base, head, loadFromRound, rounds = 8, options = [], signal, onStart }: Asked,
): Promise<Comparison & { readonly headline: string }> {
  const args = [
    'compare',
    '--base',
    base,
    '--head',
    head,
    '--scenario',
    'gate.mjs',
    '--rounds',
    String(rounds),
    ...options,
  ];
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) onStart(child.pid);
  const interrupt = () => child.kill('SIGINT');
  signal.addEventListener('abort', interrupt);
  let [stdout, stderr] = ['', ''];
  let load: BackgroundLoad | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    if (loadFromRound !== undefined && load === undefined && stderr.includes(`  round ${loadFromRound}/`))
      load = startLoad();
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal.throwIfAborted();
    if (code !== 0 && code !== 1 && code !== 3) throw new Error(`compare ended with ${code}: ${stderr}`);
    if (loadFromRound !== undefined && load === undefined)
      throw new Error(`round ${loadFromRound} was never announced, so that no load began: ${stderr}`);
  } finally {
    load?.stop();
    signal.removeEventListener('abort', interrupt);
  }
  const folder = dirname(join(cwd, stdout.trimEnd().split('\n').at(-1) ?? ''));
  return JSON.parse(readFileSync(join(folder, 'comparison.json'), 'utf8')) as Comparison & {
    headline: string;
  };
}
