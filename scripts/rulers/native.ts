import { equalLists, residentNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler, unlessNeeded } from './ruler.js';

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

/** 800 MB there and as much back, through files, for each cell. */
const large: Size = { length: 12_500_000, serial: 1.1, threads: 1.15 };

/** How far WebAssembly is from C, `-O3 -march=native`: compute into outputs that are there, on one thread and on all. */
export async function native(): Promise<Ruler[]> {
  return unlessNeeded('wasm-simd / native', async () => {
    const rulers: Ruler[] = [];
    for (const size of sizes) rulers.push(...(await serial(size, 5)), ...(await threads(size, 7)));
    return rulers;
  });
}

/** The same at 100 million numbers: a part for each, since a round of either takes half a minute. */
export function nativeLarge(): Promise<Ruler[]> {
  return unlessNeeded('wasm-simd / native-serial', () => serial(large, 3));
}

export function nativeLargeThreads(): Promise<Ruler[]> {
  return unlessNeeded('wasm-simd-threads / native-pthreads', () => threads(large, 3));
}

async function serial({ length, serial: bar }: Size, rounds: number): Promise<Ruler[]> {
  return [await against(rounds, length, 'wasm-simd', 'native-serial', bar)];
}

async function threads({ length, threads: bar }: Size, rounds: number): Promise<Ruler[]> {
  if (bar === undefined) return [];
  return [await against(rounds, length, 'wasm-simd-threads', 'native-pthreads', bar)];
}

async function against(
  rounds: number,
  length: number,
  ours: string,
  ruler: string,
  bar?: number,
): Promise<Ruler> {
  const cell = (strategy: string, round: number) =>
    residentNs({ strategy, round, from: 'columns', data: equalLists(8, length) });
  const ratio = await ratioOf(
    rounds,
    (round) => cell(ours, round),
    (round) => cell(ruler, round),
  );
  const numbers = (8 * length).toLocaleString('en');
  return ratioRuler(`${ours} / ${ruler}, compute, ${numbers} numbers`, ratio, bar);
}
