import { defineStrategy, isLists, type Lists, type Placed, type StagedSession } from 'breakeven';
import { blankList, type CpuKernel, isCuttable, placeColumns, runColumns } from './for-loop.columns.js';
import { slotSession } from './for-loop.slots.js';

/** The best serial loop: what everything else must beat. `npm run idioms` shows which idiom won, and by how much. */
export default defineStrategy({
  title: 'for-loop',
  family: 'serial',
  async open({ kernel, ref }): Promise<StagedSession> {
    if (kernel.kind === 'wait') {
      return slotSession(async (lists, answers) => {
        for (let i = 0; i < lists.length; i += 1) answers[i] = (await kernel.list(lists[i])) ?? lists[i];
      });
    }
    const { fresh } = kernel.kind === 'map' ? kernel : { fresh: undefined };
    if (fresh) {
      return slotSession((lists, answers) => {
        for (let i = 0; i < lists.length; i += 1) answers[i] = fresh(lists[i]);
      });
    }
    const cuttable = await isCuttable(ref);
    return {
      place: (input) => (isLists(input) ? placeLists(kernel, input) : placeColumns(kernel, cuttable, input)),
      run: (input) => (isLists(input) ? runLists(kernel, input) : runColumns(kernel, cuttable, input)),
      close() {},
    };
  },
});

function placeLists(kernel: CpuKernel, input: Lists): Placed {
  const lists = [...input.values()];
  const outputs = lists.map((list) => blankList(kernel.kind === 'map' ? list.length : 1));
  return {
    compute:
      kernel.kind === 'map'
        ? () => {
            for (let i = 0; i < lists.length; i += 1) kernel.list(lists[i], outputs[i]);
          }
        : () => {
            for (let i = 0; i < lists.length; i += 1) outputs[i][0] = kernel.list(lists[i]);
          },
    collect() {
      const answers: Lists = new Map();
      let i = 0;
      for (const key of input.keys()) {
        answers.set(key, outputs[i].slice());
        i += 1;
      }
      return answers;
    },
    spoil() {
      for (const output of outputs) output.fill(NaN);
    },
  };
}

function runLists(kernel: CpuKernel, input: Lists): Lists {
  const answers: Lists = new Map();
  if (kernel.kind === 'reduce') {
    input.forEach((list, key) => answers.set(key, [kernel.list(list)]));
    return answers;
  }
  input.forEach((list, key) => {
    const answer = list.slice();
    kernel.list(list, answer);
    answers.set(key, answer);
  });
  return answers;
}
