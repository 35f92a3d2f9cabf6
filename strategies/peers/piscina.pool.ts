import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';

/** The parts of piscina that are used here: it is no dependency, and so its types are not there either. */
export interface PiscinaPool {
  run(
    task: unknown,
    options?: { readonly name?: string; readonly transferList?: readonly ArrayBuffer[] },
  ): Promise<unknown>;
  /** Ends the threads; what is queued or running rejects. */
  destroy(): Promise<void>;
  readonly threads: readonly Worker[];
  on(event: 'error', handler: (cause: Error) => void): void;
}

export type Piscina = new (options: {
  readonly filename: string;
  readonly workerData: unknown;
  readonly minThreads: number;
  readonly maxThreads: number;
}) => PiscinaPool;

/** Other people's pools are installed here, by `npm run peers`: beside the package, never as a part of it. */
const peersFolder = new URL('../../../peers/', import.meta.url);

/** What is said where it is not installed. */
export const needsPiscina = 'needs piscina: npm run peers';

export function hasPiscina(folder = peersFolder): boolean {
  return existsSync(new URL('node_modules/piscina/package.json', folder));
}

/** Throws an Error that says what to do where it is not installed. */
export async function loadPiscina(folder = peersFolder): Promise<Piscina> {
  if (!hasPiscina(folder)) throw new Error(needsPiscina);
  const path = createRequire(fileURLToPath(folder)).resolve('piscina');
  return ((await import(pathToFileURL(path).href)) as { readonly default: Piscina }).default;
}
