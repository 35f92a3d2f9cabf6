import { measureCell } from './cells.js';
import type { Figure } from './figure.js';

/** Peak memory over its estimate, for short and long lists in both forms. */
export async function memory(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const strategies = ['for-loop', 'typed-array', 'wasm-simd', 'worker-threads', 'child-process'];
  for (const strategy of strategies) {
    for (const [keys, length, from] of [
      [8, 1_000_000, 'lists'],
      [8, 1_000_000, 'columns'],
      [500_000, 10, 'lists'],
    ] as const) {
      const { peakBytes, estimatedBytes } = await measureCell({ strategy, keys, length, from });
      const ratio = peakBytes / estimatedBytes;
      const name = `peak memory / estimate, ${strategy}, ${keys} × ${length} ${from}`;
      const seen = `${ratio.toFixed(2)}× of ${Math.round(estimatedBytes / 2 ** 20)} MiB`;
      figures.push({ name, bar: '0.7 to 1.2×', seen, holds: ratio >= 0.7 && ratio <= 1.2 });
    }
  }
  return figures;
}
