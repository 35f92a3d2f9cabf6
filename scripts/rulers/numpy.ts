import { equalLists, warmNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler, unlessNeeded } from './ruler.js';

const rounds = 7;

/** SIMD on threads against numpy's `a**2 - 13`, packed data, 8 × 1,000,000: each makes the output that its user gets. */
export function numpy(): Promise<Ruler[]> {
  const name = 'wasm-simd-threads / python-numpy, warm, 8 × 1,000,000, each into fresh output';
  const cell = (strategy: string, round: number) =>
    warmNs({ strategy, round, from: 'columns', data: equalLists(8, 1_000_000) });
  return unlessNeeded(name, async () => {
    const ratio = await ratioOf(
      rounds,
      (round) => cell('wasm-simd-threads', round),
      (round) => cell('python-numpy', round),
    );
    return [ratioRuler(name, ratio, 0.5)];
  });
}
