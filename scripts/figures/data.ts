import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Figure, median } from './figure.js';

const rounds = 9;

/** Packing against the plain copying loop, generating against `Math.random()`: each side in a fresh process. */
export async function data(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [keys, length] of [
    [100_000, 10],
    [8, 1_000_000],
  ] as const) {
    const size = `${keys} × ${length}`;
    figures.push(atMost(`packing / copying loop, ${size}`, 1.1, ratio('pack', 'copy', keys, length), '×'));
    for (const values of ['ints', 'doubles']) {
      const name = `generating ${values} / Math.random() into the same lists, ${size}`;
      figures.push(atMost(name, 3, ratio(`generate-${values}`, `random-${values}`, keys, length), '×'));
    }
  }
  return figures;
}

function ratio(ours: string, plain: string, keys: number, length: number): number {
  return median(Array.from({ length: rounds }, () => nsOf(ours, keys, length) / nsOf(plain, keys, length)));
}

function nsOf(what: string, keys: number, length: number): number {
  const path = fileURLToPath(new URL('./data-side.js', import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--expose-gc', path, what, `${keys}`, `${length}`],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
