import {
  type Columns,
  type Dictionary,
  defineStrategy,
  isLists,
  type Placed,
  type StagedSession,
} from 'breakeven';
import { answersIn, type CpuKernel, makeOutputs, viewsOf } from './for-loop.columns.js';
import { makeListOutputs, outputFor } from './for-loop.lists.js';
import { slotSession, underKeys } from './for-loop.slots.js';

/**
 * One promise per key, all of them under way at once, on one thread. Work on the CPU is done by the same loop as
 * for-loop's, so what is left between the two is the price of promises; waiting is done by all at the same time.
 *
 * It has stages, and so a resident figure, like for-loop: its data lives in the same place, and only the order in
 * which lists are taken differs.
 */
export default defineStrategy({
  title: 'promises on one thread',
  family: 'concurrent',
  baselineLoop: true,
  turnInShortTrial: 2,
  style: { colour: '#E69F00', marker: 'square', dash: 'dashed', hollow: true },
  // The outputs of `place`, while `collect` copies them.
  footprint: { lists: 1 },
  open({ kernel }): StagedSession {
    if (kernel.kind === 'wait') {
      return slotSession((lists, answers) =>
        allTasks(lists.length, async (i) => {
          answers[i] = (await kernel.list(lists[i])) ?? lists[i];
        }),
      );
    }
    if (kernel.kind === 'map' && kernel.fresh) {
      const { fresh } = kernel;
      return slotSession((lists, answers) =>
        allTasks(lists.length, async (i) => {
          answers[i] = fresh(lists[i]);
        }),
      );
    }
    return {
      place: (input) => place(kernel, input),
      run: (input) => run(kernel, input),
      close() {},
    };
  },
});

function place(kernel: CpuKernel, input: Dictionary): Placed {
  if (!isLists(input)) {
    const { compute, outputs } = columnTasks(kernel, input);
    return {
      compute,
      collect: () => answersIn(kernel, input, outputs.slice()),
      poison: () => void outputs.fill(NaN),
    };
  }
  const lists = [...input.values()];
  const outputs = makeListOutputs(kernel, lists);
  return {
    compute: () =>
      allTasks(lists.length, async (i) => {
        if (kernel.kind === 'map') kernel.list(lists[i], outputs[i]);
        else outputs[i][0] = kernel.list(lists[i]);
      }),
    collect: () => underKeys(input.keys(), outputs, (output) => output.slice()),
    poison() {
      for (const output of outputs) output.fill(NaN);
    },
  };
}

async function run(kernel: CpuKernel, input: Dictionary): Promise<Dictionary> {
  if (!isLists(input)) {
    const { compute, outputs } = columnTasks(kernel, input);
    await compute();
    return answersIn(kernel, input, outputs);
  }
  const lists = [...input.values()];
  const answers: number[][] = new Array(lists.length);
  let longest: number[] = [];
  await allTasks(lists.length, async (i) => {
    if (kernel.kind === 'reduce') {
      answers[i] = [kernel.list(lists[i])];
      return;
    }
    const answer = outputFor(lists[i], longest);
    kernel.list(lists[i], answer);
    answers[i] = answer;
    if (answer.length >= longest.length) longest = answer;
  });
  return underKeys(input.keys(), answers, (answer) => answer);
}

function columnTasks(kernel: CpuKernel, input: Columns) {
  const outputs = makeOutputs(kernel, input);
  const lists = viewsOf(input, input.values);
  const targets = kernel.kind === 'map' ? viewsOf(input, outputs) : [];
  const compute = () =>
    allTasks(lists.length, async (i) => {
      if (kernel.kind === 'map') kernel.list(lists[i], targets[i]);
      else outputs[i] = kernel.list(lists[i]);
    });
  return { compute, outputs };
}

/** Starts all tasks, then awaits them. V8 refuses a Promise.all of more than 2^21 promises, so there are groups. */
async function allTasks(count: number, task: (i: number) => Promise<void>): Promise<void> {
  const groups: Promise<unknown>[] = [];
  for (let from = 0; from < count; from += groupSize) {
    const length = Math.min(groupSize, count - from);
    groups.push(Promise.all(Array.from({ length }, (_, i) => task(from + i))));
  }
  await Promise.all(groups);
}

const groupSize = 2 ** 20;
