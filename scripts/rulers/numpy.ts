import { median } from '../figures/figure.js';
import { equalLists, residentNs, warmNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler, unlessNeeded } from './ruler.js';

const rounds = 7;
const keys = 8;
const length = 1_000_000;

/**
 * SIMD on threads against numpy's `a**2 - 13`, packed data, 8 × 1,000,000. numpy's user gets fresh memory from it. Ours
 * gets fresh memory in the warm account, and the outputs of `place` in the resident one: both are judged.
 */
export function numpy(): Promise<Ruler[]> {
  const fresh = 'wasm-simd-threads, each answer in fresh memory / python-numpy, 8 × 1,000,000';
  const inPlace = 'wasm-simd-threads, answers where `place` put them / python-numpy, 8 × 1,000,000';
  const cell = (strategy: string, round: number) => ({
    ...{ strategy, round, from: 'columns' as const, data: equalLists(keys, length) },
  });
  const seen: Record<'fresh' | 'inPlace' | 'numpy', number[]> = { fresh: [], inPlace: [], numpy: [] };
  const noted = async (what: keyof typeof seen, ns: Promise<number>) => {
    seen[what].push(await ns);
    return ns;
  };
  const numpyNs = (round: number) => noted('numpy', warmNs(cell('python-numpy', round)));
  return unlessNeeded(fresh, async () => {
    const freshRatio = await ratioOf(
      rounds,
      (round) => noted('fresh', warmNs(cell('wasm-simd-threads', round))),
      numpyNs,
    );
    const inPlaceRatio = await ratioOf(
      rounds,
      (round) => noted('inPlace', residentNs(cell('wasm-simd-threads', round))),
      numpyNs,
    );
    const each = (times: number[]) => `${(median(times) / (keys * length)).toPrecision(3)} ns per number`;
    return [
      { name: 'python-numpy, a**2 - 13, into fresh memory', seen: each(seen.numpy) },
      { name: 'wasm-simd-threads, into fresh memory', seen: each(seen.fresh) },
      { name: 'wasm-simd-threads, where `place` put it', seen: each(seen.inPlace) },
      ratioRuler(fresh, freshRatio, 0.5),
      ratioRuler(inPlace, inPlaceRatio, 0.5),
    ];
  });
}
