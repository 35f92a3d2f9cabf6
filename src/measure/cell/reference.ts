import { type Columns, type Dictionary, isLists, type Lists } from '../../contract/dictionary.js';
import type { Kernel, List, MapKernel, ReduceKernel, WaitKernel } from '../../contract/kernel.js';

/** The right answer, by the plainest loop, in the form of the input. Throws what the kernel throws. */
export async function reference(kernel: Kernel, input: Dictionary): Promise<Dictionary> {
  if (!isLists(input) && isFilling(kernel)) return packedReference(kernel, input);
  const lists = isLists(input) ? [...input.values()] : viewsOf(input);
  // A kernel that waits would otherwise wait for each list in turn; millions of promises for the others cost memory.
  const answers =
    kernel.kind === 'wait'
      ? await Promise.all(lists.map((xs) => waitFor(kernel, xs)))
      : lists.map((xs) => answerOf(kernel, xs));
  if (isLists(input)) {
    let index = 0;
    const expected: Lists = new Map();
    for (const key of input.keys()) expected.set(key, answers[index++]);
    return expected;
  }
  const offsets = new Uint32Array(answers.length + 1);
  for (let index = 0; index < answers.length; index++)
    offsets[index + 1] = offsets[index] + answers[index].length;
  const values = new Float64Array(offsets[answers.length]);
  for (let index = 0; index < answers.length; index++) values.set(answers[index], offsets[index]);
  return { keys: input.keys, offsets, values };
}

/** The right answer of one list: into `place`, where the kernel can fill a part of packed answers. */
export async function oneAnswer(kernel: Kernel, xs: List, place?: Float64Array): Promise<ArrayLike<number>> {
  if (place !== undefined && isFilling(kernel)) {
    fill(kernel, xs, place);
    return place;
  }
  return kernel.kind === 'wait' ? waitFor(kernel, xs) : answerOf(kernel, xs);
}

/** Kernels that can write their answers where they are told to. */
type Filling = MapKernel | ReduceKernel;

function isFilling(kernel: Kernel): kernel is Filling {
  return kernel.kind === 'reduce' || (kernel.kind === 'map' && kernel.fresh === undefined);
}

/** Straight into columns: as arrays, lists of more than 2^25 numbers would be hash tables to V8, and never end. */
function packedReference(kernel: Filling, { keys, offsets, values }: Columns): Columns {
  const ends = kernel.kind === 'map' ? offsets.slice() : offsets.map((_, index) => index);
  const answers = new Float64Array(ends[keys.length]);
  for (let k = 0; k < keys.length; k++)
    fill(kernel, values.subarray(offsets[k], offsets[k + 1]), answers.subarray(ends[k], ends[k + 1]));
  return { keys, offsets: ends, values: answers };
}

function fill(kernel: Filling, xs: List, place: Float64Array): void {
  if (kernel.kind === 'map') kernel.list(xs, place);
  else place[0] = kernel.list(xs);
}

function viewsOf({ offsets, values }: Columns): Float64Array[] {
  return Array.from({ length: offsets.length - 1 }, (_, index) =>
    values.subarray(offsets[index], offsets[index + 1]),
  );
}

async function waitFor(kernel: WaitKernel, xs: List): Promise<number[]> {
  return Array.from((await kernel.list(xs)) ?? xs);
}

function answerOf(kernel: MapKernel | ReduceKernel, xs: List): number[] {
  if (kernel.kind === 'reduce') return [kernel.list(xs)];
  if (kernel.fresh !== undefined) return Array.from(kernel.fresh(xs));
  const out = new Array<number>(xs.length).fill(0);
  kernel.list(xs, out);
  return out;
}
