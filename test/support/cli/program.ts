import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runTogether } from './one-process.js';

/** How the built program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const main = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));

/**
 * Carries a command line out to its end: in the process that all such share, since loading the program takes longer than
 * most commands, or in one of its own where it needs an environment of its own.
 */
export function breakeven(args: readonly string[], options: ProgramOptions): Promise<Ended> {
  return options.env === undefined ? runTogether(args, options) : breakevenAlone(args, options);
}

/** Runs the built program to its end, as a user would: its exit code and streams are those of a process. */
export function breakevenAlone(args: readonly string[], options: ProgramOptions): Promise<Ended> {
  return startBreakeven(args, options).ended;
}

/** Starts the built program: for tests that end it themselves. */
export function startBreakeven(args: readonly string[], { cwd, env }: ProgramOptions) {
  const child = spawn(process.execPath, [main, ...args], {
    cwd,
    env: environmentFor(cwd, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

/** Neither the machine's own settings nor the runner of these tests may decide what is printed, but how much is done. */
export function environmentFor(cwd: string, env: ProgramOptions['env'] = {}): Record<string, string> {
  const internal = Object.entries(process.env).filter(([name]) => name.startsWith('BREAKEVEN_INTERNAL_'));
  return {
    PATH: process.env.PATH ?? '',
    HOME: cwd,
    BREAKEVEN_CACHE: cwd,
    ...(Object.fromEntries(internal) as Record<string, string>),
    // Loading what draws takes as long as all the rest of a short command. Tests of the pictures draw them themselves.
    BREAKEVEN_INTERNAL_DENSITY: '0',
    ...env,
  };
}

/** The last line of stdout, which is the verdict's path. */
export function lastLine({ stdout }: Ended): string {
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}
