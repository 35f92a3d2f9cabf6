import { measureCell } from './cells.js';
import type { Figure } from './figure.js';

/** Peak memory over its estimate, for short and long lists in both forms. */
export async function memory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const strategies = ['for-loop', 'typed-array', 'wasm-simd', 'worker-threads', 'child-process'];
  for (const strategy of strategies) {
    for (const [keys, length, from, values] of [
      [8, 1_000_000, 'lists', 'ints'],
      [8, 1_000_000, 'lists', 'doubles'],
      [8, 1_000_000, 'columns', 'doubles'],
      [500_000, 10, 'lists', 'ints'],
    ] as const) {
      const { peakBytes, estimatedBytes } = await measureCell({ strategy, keys, length, from, values });
      const ratio = peakBytes / estimatedBytes;
      const name = `peak memory / estimate, ${strategy}, ${keys} × ${length} ${values}, ${from}`;
      const seen = `${ratio.toFixed(2)}× of ${Math.round(estimatedBytes / 2 ** 20)} MiB`;
      figures.push({ name, bar: '0.7 to 1.2×', seen, holds: ratio >= 0.7 && ratio <= 1.2 });
    }
  }
  return figures;
}
