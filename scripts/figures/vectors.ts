import { measureCell } from './cells.js';
import { atMost, type Figure, median } from './figure.js';

const rounds = 7;

/** `wasm-simd` against the `typed-array` loop: compute into outputs that are there, at two sizes. */
export async function vectors(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const length of [12_500, 1_000_000]) {
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const simd = await residentNs('wasm-simd', length);
      ratios.push(simd / (await residentNs('typed-array', length)));
    }
    const numbers = (8 * length).toLocaleString('en');
    figures.push(
      atMost(`wasm-simd compute / typed-array compute, ${numbers} numbers`, 0.6, median(ratios), '×'),
    );
  }
  return figures;
}

async function residentNs(strategy: string, length: number): Promise<number> {
  const { resident } = await measureCell({ strategy, keys: 8, length, from: 'columns' });
  if (resident.status !== 'measured') throw new Error(`${strategy} has no resident figure`);
  return median(resident.samplesNs);
}
