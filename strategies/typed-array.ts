import {
  type Columns,
  defineStrategy,
  isLists,
  type Lists,
  type Placed,
  type StagedSession,
  toColumns,
} from 'breakeven';
import { type CpuKernel, isCuttable, placeColumns, runColumns, unpack } from './for-loop.columns.js';

/** Packs lists into one Float64Array, loops over it, unpacks. From columns only the middle remains. */
export default defineStrategy({
  title: 'typed array',
  family: 'vectorized',
  footprint: { columns: 2 },
  supports(kernel) {
    if (kernel.kind === 'wait') return { reason: 'waiting is not faster on packed numbers' };
    if (kernel.kind === 'map' && kernel.fresh) {
      return {
        reason: 'needs a kernel that fills a given output: export defineKernel({ … list(xs, out) { … } })',
      };
    }
    return true;
  },
  async open({ kernel, ref }): Promise<StagedSession> {
    if (kernel.kind === 'wait') throw new TypeError('typed-array cannot wait');
    const cuttable = await isCuttable(ref);
    return {
      place: (input) =>
        isLists(input) ? placeLists(kernel, cuttable, input) : placeColumns(kernel, cuttable, input),
      run: (input) =>
        isLists(input) ? runLists(kernel, cuttable, input) : runColumns(kernel, cuttable, input),
      close() {},
    };
  },
});

function placeLists(kernel: CpuKernel, cuttable: boolean, input: Lists): Placed {
  const placed = placeColumns(kernel, cuttable, toColumns(input));
  return { ...placed, collect: () => unpack(placed.collect() as Columns) };
}

function runLists(kernel: CpuKernel, cuttable: boolean, input: Lists): Lists {
  return unpack(runColumns(kernel, cuttable, toColumns(input)));
}
