import type { Pool, PoolRequest, ProcessPoolRequest, ThreadPoolRequest } from './pool.js';
import type { SharedPool, SharedPoolRequest } from './shared/pool.js';

/*
 * The pools as a plug-in imports them: what they are made of is loaded when one is opened. A kernel's module imports
 * 'breakeven', too, and every worker that runs it would load pools that it never opens, while somebody waits for it to be
 * ready. Who measures loads them before its clock.
 */

export type { Pool, PoolRequest, SharedPool, SharedPoolRequest };

/** Worker threads: see `threadPool` in pool.ts. */
export async function threadPool(request: ThreadPoolRequest): Promise<Pool> {
  const { threadPool: open } = await import('./pool.js');
  return open(request);
}

/** Forked processes: see `processPool` in pool.ts. */
export async function processPool(request: ProcessPoolRequest): Promise<Pool> {
  const { processPool: open } = await import('./pool.js');
  return open(request);
}

/** Threads that share memory: see `sharedPool` in shared/pool.ts. */
export async function sharedPool(request: SharedPoolRequest): Promise<SharedPool> {
  const { sharedPool: open } = await import('./shared/pool.js');
  return open(request);
}

/** Loads all of them, for whoever is about to look at a clock. */
export async function loadPools(): Promise<void> {
  await Promise.all([import('./pool.js'), import('./shared/pool.js')]);
}
