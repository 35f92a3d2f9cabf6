import { defineStrategy, isLists, type Lists, type Placed, type StagedSession, toColumns } from 'breakeven';
import { type CpuKernel, loopOver, makeOutputs, placeColumns, runColumns } from './for-loop.columns.js';
import { unpackAnswers } from './typed-array.copy.js';
import { mapLists, reduceLists } from './typed-array.lists.js';
import { cutOf, type Window, windowSizeFor } from './typed-array.window.js';

/** Packs lists into one Float64Array, loops over it, unpacks. From columns only the middle remains. */
export default defineStrategy({
  title: 'typed arrays',
  family: 'vectorized',
  computesOn: 'typed',
  turnInShortTrial: 4,
  style: { colour: '#56B4E9', marker: 'square', dash: 'solid', hollow: false },
  // Input and outputs, packed.
  footprint: { columns: 2, run: { columns: 0 } },
  supports(kernel) {
    if (kernel.kind === 'wait') return { reason: 'packed numbers wait as long as others' };
    if (kernel.kind === 'map' && kernel.fresh) {
      return {
        reason:
          'a function that returns its own list cannot fill a typed array: write a kernel, ' +
          "defineKernel({ … make: () => ({ kind: 'map', list(xs, out) { … } }) })",
      };
    }
    return true;
  },
  open({ kernel, split }): StagedSession {
    if (kernel.kind === 'wait') throw new TypeError('typed-array: packed numbers wait as long as others');
    const cuttable = split === 'elements';
    const cut = cutOf(kernel, cuttable);
    let window = makeWindow(kernel, 0);

    return {
      place: (input) =>
        isLists(input) ? placeLists(kernel, cuttable, input) : placeColumns(kernel, cuttable, input),
      run(input) {
        if (!isLists(input)) return runColumns(kernel, cuttable, input);
        const size = windowSizeFor(cut, input);
        if (window.source.length < size) window = makeWindow(kernel, size);
        return kernel.kind === 'map' ? mapLists(window, cut, input) : reduceLists(window, cut, input);
      },
      close() {},
    };
  },
});

function placeLists(kernel: CpuKernel, cuttable: boolean, input: Lists): Placed {
  const columns = toColumns(input);
  const outputs = makeOutputs(kernel, columns);
  return {
    compute: loopOver(kernel, cuttable, columns, outputs),
    collect: () => unpackAnswers(kernel, input, outputs),
    poison: () => void outputs.fill(NaN),
  };
}

function makeWindow(kernel: CpuKernel, size: number): Window {
  const source = new Float64Array(size);
  const target = new Float64Array(kernel.kind === 'map' ? size : 0);
  // Neighbouring lists often have the same length, and a view takes as long as 50 numbers.
  let view = source;
  return {
    source,
    target,
    map(from, length) {
      if (kernel.kind === 'map') {
        kernel.list(source.subarray(from, from + length), target.subarray(from, from + length));
      }
    },
    reduce(length) {
      if (view.length !== length) view = source.subarray(0, length);
      return kernel.kind === 'reduce' ? kernel.list(view) : NaN;
    },
  };
}
