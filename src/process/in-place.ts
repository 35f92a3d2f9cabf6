import { spawnSync } from 'node:child_process';

/** How a program ended that was waited for in place. */
export type EndInPlace =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'not started'; readonly cause: NodeJS.ErrnoException };

/** No program that is waited for in place says more. */
const mostBytes = 2 ** 28;

/**
 * Runs a program that ends soon (git, taskset, Node for a look at something) and waits for it in place: nothing else
 * happens meanwhile, so that nothing of it can be left behind. `where`: its folder and environment, if not this process's,
 * and after how long it is killed.
 */
export function runInPlace(
  [file, ...args]: readonly [string, ...string[]],
  where: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly timeout?: number } = {},
): EndInPlace {
  const { error, signal, status, stdout, stderr } = spawnSync(file, args, {
    ...where,
    encoding: 'utf8',
    maxBuffer: mostBytes,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error !== undefined) return { kind: 'not started', cause: error };
  if (signal !== null) return { kind: 'killed', signal };
  return { kind: 'exited', code: status ?? 0, stdout, stderr };
}
