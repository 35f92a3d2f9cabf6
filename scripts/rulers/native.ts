import { Needs } from '../../src/programs/needs.js';
import { equalLists, residentNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler } from './ruler.js';

/** Numbers per list, under 8 keys, with the bars; where there is none, wider native vectors win. */
interface Size {
  readonly length: number;
  readonly serial?: number;
  readonly threads?: number;
}

const sizes: readonly Size[] = [
  { length: 500 },
  { length: 2_000 },
  { length: 12_500, serial: 1.5 },
  { length: 1_000_000, serial: 1.1, threads: 1.15 },
];

/** 800 MB there and as much back, through files, for each cell: minutes. */
const largeSizes: readonly Size[] = [{ length: 12_500_000, serial: 1.1, threads: 1.15 }];

/** How far WebAssembly is from C, `-O3 -march=native`: compute into outputs that are there, on one thread and on all. */
export function native(): Promise<Ruler[]> {
  return against(sizes, 5);
}

/** The same at 100 million numbers. */
export function nativeLarge(): Promise<Ruler[]> {
  return against(largeSizes, 3);
}

async function against(asked: readonly Size[], rounds: number): Promise<Ruler[]> {
  const rulers: Ruler[] = [];
  for (const { length, serial, threads } of asked) {
    const numbers = (8 * length).toLocaleString('en');
    const ratio = (ours: string, ruler: string) =>
      ratioOf(
        rounds,
        () => residentNs({ strategy: ours, from: 'columns', data: equalLists(8, length) }),
        () => residentNs({ strategy: ruler, from: 'columns', data: equalLists(8, length) }),
      );
    try {
      const one = await ratio('wasm-simd', 'native-serial');
      rulers.push(ratioRuler(`wasm-simd / native-serial, compute, ${numbers} numbers`, one, serial));
      if (threads === undefined) continue;
      const all = await ratio('wasm-simd-threads', 'native-pthreads');
      rulers.push(
        ratioRuler(`wasm-simd-threads / native-pthreads, compute, ${numbers} numbers`, all, threads),
      );
    } catch (cause) {
      if (!(cause instanceof Needs)) throw cause;
      return [{ name: 'wasm-simd / native', seen: 'skipped', needs: `needs ${cause.message}` }];
    }
  }
  return rulers;
}
