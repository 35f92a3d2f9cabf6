import { defineStrategy, isLists, type Lists, type Placed, type StagedSession } from 'breakeven';
import { type CpuKernel, placeColumns, runColumns } from './for-loop.columns.js';
import { makeListOutputs, runLists } from './for-loop.lists.js';
import { slotSession, underKeys } from './for-loop.slots.js';

/** One list after another on one thread: what everything else must beat, so it has to be good. */
export default defineStrategy({
  title: 'for loop',
  family: 'serial',
  baseline: true,
  computesOn: 'list',
  turnInShortTrial: 1,
  style: { colour: '#000000', marker: 'circle', dash: 'solid', hollow: false },
  // The outputs of `place`, while `collect` copies them.
  footprint: { lists: 1, run: { columns: 0 } },
  open({ kernel, split }): StagedSession {
    if (kernel.kind === 'wait') {
      return slotSession(async (lists, answers) => {
        for (let i = 0; i < lists.length; i += 1) answers[i] = (await kernel.list(lists[i])) ?? lists[i];
      });
    }
    if (kernel.kind === 'map' && kernel.fresh) {
      const { fresh } = kernel;
      return slotSession((lists, answers) => {
        for (let i = 0; i < lists.length; i += 1) answers[i] = fresh(lists[i]);
      });
    }
    const cuttable = split === 'elements';
    return {
      place: (input) => (isLists(input) ? placeLists(kernel, input) : placeColumns(kernel, cuttable, input)),
      run: (input) => (isLists(input) ? runLists(kernel, input) : runColumns(kernel, cuttable, input)),
      close() {},
    };
  },
});

function placeLists(kernel: CpuKernel, input: Lists): Placed {
  const lists = [...input.values()];
  const outputs = makeListOutputs(kernel, lists);
  return {
    compute:
      kernel.kind === 'map'
        ? () => {
            for (let i = 0; i < lists.length; i += 1) kernel.list(lists[i], outputs[i]);
          }
        : () => {
            for (let i = 0; i < lists.length; i += 1) outputs[i][0] = kernel.list(lists[i]);
          },
    collect: () => underKeys(input.keys(), outputs, (output) => output.slice()),
    poison() {
      for (const output of outputs) output.fill(NaN);
    },
  };
}
