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

/**
 * Other people's pools are installed here, by `npm run peers` of a clone: beside the package, never as a part of it. Where
 * the package is installed in a project, they are found among that project's own.
 */
const peersFolder = new URL('../../../peers/', import.meta.url);
const isClone = existsSync(new URL('../../../tsconfig.json', import.meta.url));

/** What is said where it is not installed: what works there. */
export const needsPiscina = `needs piscina: ${isClone ? 'npm run peers' : 'npm install piscina@5.3.2'}`;

export function hasPiscina(folder = peersFolder): boolean {
  return findPiscina(folder) !== undefined;
}

/** Throws an Error that says what to do where it is not installed. */
export async function loadPiscina(folder = peersFolder): Promise<Piscina> {
  const path = findPiscina(folder);
  if (path === undefined) throw new Error(needsPiscina);
  return ((await import(pathToFileURL(path).href)) as { readonly default: Piscina }).default;
}

function findPiscina(folder: URL): string | undefined {
  try {
    return createRequire(fileURLToPath(folder)).resolve('piscina');
  } catch {
    return undefined;
  }
}
