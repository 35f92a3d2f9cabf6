import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeColumnsFile } from '../../src/dictionary/columns-file.js';
import { generate } from '../../src/dictionary/generate.js';
import { usableCores } from '../../src/measure/host.js';
import { findKernel } from '../../src/plugins/kernel.js';
import { equalLists, type RulerCell, residentNs, warmNs, workers } from './cells.js';
import { type Ruler, ratioOf, ratioRuler } from './ruler.js';

const rounds = 5;
const keys = 64;
const longer = 50;

const pools = [
  'worker-threads',
  'worker-threads-transfer',
  'child-process',
  'worker-threads-shared',
  'wasm-simd-threads',
];

/** 64 items of 5 ms of CPU work: each pool against the whole work, shared out over the cores without a loss. */
export async function heavyItems(): Promise<Ruler[]> {
  const kernel = await findKernel('burn');
  const options = { cost: 5_000, ...kernel.plugin.calibrate?.() };
  const cell = (strategy: string): RulerCell => ({
    ...{ strategy, kernel: 'burn', options, from: 'lists', data: equalLists(keys, 10) },
  });
  const rulers: Ruler[] = [];
  // burn has no SIMD twin.
  for (const pool of pools.filter((each) => each !== 'wasm-simd-threads')) {
    const ratio = await ratioOf(
      rounds,
      () => warmNs(cell(pool)),
      () => warmNs(cell('for-loop')),
    );
    const name = `${pool} / total work over ${usableCores()} cores, 64 × 5 ms`;
    rulers.push(ratioRuler(name, ratio * usableCores(), 1.08));
  }
  return rulers;
}

/**
 * One list 50 times as long as each of the others, the last one, work in proportion to length. The best schedule of
 * whole lists is the giant beside everything else, or an even share where that is longer; where lists are cut, an even
 * share always.
 */
export async function giantList(): Promise<Ruler[]> {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-rulers-'));
  try {
    const path = join(folder, 'giant.columns');
    writeColumnsFile(path, withGiant(2_000));
    const cell = (strategy: string): RulerCell => ({
      ...{ strategy, kernel: 'sqrt-chain', options: { steps: 256 }, from: 'columns' },
      data: { kind: 'file', path },
    });
    const rulers: Ruler[] = [];
    for (const pool of pools) {
      const single = pool === 'wasm-simd-threads' ? 'wasm-simd' : 'typed-array';
      const ratio = await ratioOf(
        rounds,
        () => residentNs(cell(pool)),
        () => residentNs(cell(single)),
      );
      const units = keys - 1 + longer;
      const cut = pool === 'worker-threads-shared' || pool === 'wasm-simd-threads';
      const best = Math.max(1 / Math.min(workers, usableCores()), cut ? 0 : longer / units);
      const name = `${pool} / best schedule, one of 64 lists 50× as long`;
      rulers.push(ratioRuler(name, ratio / best, 1.15));
    }
    return rulers;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withGiant(length: number) {
  const spec = { keys: keys - 1 + longer, length, skew: 'equal', values: 'doubles', seed: 1 } as const;
  const { keys: names, offsets, values } = generate(spec, 'columns');
  const own = Uint32Array.from([...offsets.subarray(0, keys), values.length]);
  return { keys: names.slice(0, keys), offsets: own, values };
}
