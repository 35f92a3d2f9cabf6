import { median } from '../figures/figure.js';
import { equalLists, residentNs, warmNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler, unlessNeeded } from './ruler.js';

const rounds = 7;
const keys = 8;
const length = 1_000_000;

/** SIMD on threads against numpy's `a**2 - 13`, packed data, 8 × 1,000,000: each makes the output that its user gets. */
export function numpy(): Promise<Ruler[]> {
  const name = 'wasm-simd-threads / python-numpy, warm, 8 × 1,000,000, each into fresh output';
  const cell = (strategy: string, round: number) => ({
    ...{ strategy, round, from: 'columns' as const, data: equalLists(keys, length) },
  });
  const seen: Record<'fresh' | 'numpy', number[]> = { fresh: [], numpy: [] };
  const noted = async (what: keyof typeof seen, ns: Promise<number>) => {
    seen[what].push(await ns);
    return ns;
  };
  return unlessNeeded(name, async () => {
    const ratio = await ratioOf(
      rounds,
      (round) => noted('fresh', warmNs(cell('wasm-simd-threads', round))),
      (round) => noted('numpy', warmNs(cell('python-numpy', round))),
    );
    const inPlace = await residentNs(cell('wasm-simd-threads', 0));
    const each = (ns: number) => `${(ns / (keys * length)).toPrecision(3)} ns per number`;
    return [
      { name: 'python-numpy, a**2 - 13, into fresh output', seen: each(median(seen.numpy)) },
      { name: 'wasm-simd-threads, into fresh output', seen: each(median(seen.fresh)) },
      { name: 'wasm-simd-threads, into output that is there', seen: each(inPlace) },
      ratioRuler(name, ratio, 0.5),
    ];
  });
}
