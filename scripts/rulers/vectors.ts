import { equalLists, type RulerCell, residentNs } from './cells.js';
import { type Ruler, ratioOf, ratioRuler } from './ruler.js';

const rounds = 5;

/** SIMD on threads against SIMD and the plain loop on one: compute into outputs that are there, 8 million numbers. */
export async function vectors(): Promise<Ruler[]> {
  const cell = (strategy: string): RulerCell => ({
    strategy,
    from: 'columns',
    data: equalLists(8, 1_000_000),
  });
  const rulers: Ruler[] = [];
  for (const strategy of ['wasm-simd-threads', 'worker-threads-shared']) {
    for (const against of ['wasm-simd', 'typed-array']) {
      const ratio = await ratioOf(
        rounds,
        () => residentNs(cell(strategy)),
        () => residentNs(cell(against)),
      );
      rulers.push(ratioRuler(`${strategy} / ${against}, compute, 8 × 1,000,000`, ratio));
    }
  }
  return rulers;
}
