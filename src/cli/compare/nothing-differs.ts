import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { looksLikePath } from '../../catalog/module.js';
import type { Checkout } from '../../checkout/checkouts.js';
import { readRegularFile } from '../../files/read-file.js';
import type { Both } from '../../measure/interleaved/plan.js';
import type { CommitsRequest } from './arguments.js';

/**
 * Would what ships be held against itself? It is where nothing that was asked for is a file of the repository's own, and
 * neither side brings a breakeven of its own: they have none, or the same one installed.
 */
export function shipsAgainstItself(
  { base, head }: Both<Checkout>,
  asked: Pick<CommitsRequest, 'strategies' | 'only'> & { readonly scenarios: readonly string[] },
): boolean {
  if ([...asked.scenarios, ...(asked.strategies ?? []), ...(asked.only ?? [])].some(looksLikePath))
    return false;
  if (base.self === undefined && head.self === undefined) return true;
  const [before, after] = [installed(base), installed(head)];
  return before !== undefined && after !== undefined && haveSameFiles(before, after);
}

/** The folder of built files of a breakeven that was installed, as others' code; undefined where it is the repository's own. */
function installed({ self }: Checkout): string | undefined {
  if (self === undefined) return undefined;
  const dist = fileURLToPath(new URL('../', self.self));
  return dist.split(sep).includes('node_modules') ? dist : undefined;
}

/** Not the version: a breakeven that is installed from a git commit or a folder changes without it. */
function haveSameFiles(a: string, b: string): boolean {
  const [names, others] = [a, b].map(filesIn);
  return (
    names.join('\n') === others.join('\n') &&
    names.every((name) => bytesOf(join(a, name)).equals(bytesOf(join(b, name))))
  );
}

/** A built file of ours has a megabyte at most. */
function bytesOf(path: string): Buffer {
  return readRegularFile(path, 256 * 2 ** 20);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}
