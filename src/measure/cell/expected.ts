import { type Columns, type Dictionary, isLists, type Lists } from '../../contract/dictionary.js';
import type { Kernel, List, MapKernel, ReduceKernel, WaitKernel } from '../../contract/kernel.js';
import { checksum } from '../../dictionary/checksum.js';
import { loadKernel } from '../../plugins/kernel.js';
import type { CellOrder, ExpectedDigests } from '../order.js';
import type { Freshener } from './input.js';
import { type Digest, differenceOfDigests } from './verify.js';

/**
 * The right answers to the user's data, by a second instance of the kernel module: checking with the timed function
 * would change what V8 knows about it. They are computed when they are first asked for. Where an earlier cell of the
 * run has computed them from the same data and kernel, its digests serve, and answers that agree with them cost no
 * second computation: of a large cell's time that is a third.
 */
export class Expected {
  private answers: Promise<Dictionary> | undefined;
  /** Which of the two the computed answers are of at present. */
  private isOfFlipped = false;
  private readonly computed = new Map<boolean, string>();

  constructor(
    private readonly order: CellOrder,
    private readonly input: Dictionary,
    private readonly freshener: Freshener,
  ) {}

  /** Of the data as it is, or flipped. Flips the data itself, and the answers of the other kind with it. */
  async answersTo(flipped: boolean): Promise<Dictionary> {
    this.freshener.set(flipped);
    if (this.answers === undefined) {
      this.answers = this.kernel().then((kernel) => reference(kernel, this.input));
      this.isOfFlipped = flipped;
    }
    const answers = await this.answers;
    if (this.isOfFlipped !== flipped) await this.patch(answers);
    this.isOfFlipped = flipped;
    return answers;
  }

  /** Of an answer of which only the digest was kept, as a sentence; undefined where there is none. */
  async differenceOf(answer: Digest, flipped: boolean): Promise<string | undefined> {
    const { expected } = this.order;
    // Nobody is found wrong by what another cell's process has computed: then it is computed here as well.
    if (expected !== undefined && (flipped ? expected.flipped : expected.data) === answer.digest)
      return undefined;
    return differenceOfDigests(await this.digestOf(flipped), answer);
  }

  /** Is it, to the bit, the right answer that an earlier cell of the run has computed? */
  isKnown(answer: Dictionary | undefined, flipped: boolean): boolean {
    const { expected } = this.order;
    if (expected === undefined) return false;
    try {
      return answer !== undefined && checksum(answer) === (flipped ? expected.flipped : expected.data);
    } catch {
      // What is no dictionary has no digest, and is found wrong anyway.
      return false;
    }
  }

  private async digestOf(flipped: boolean): Promise<string> {
    const digest = this.computed.get(flipped) ?? checksum(await this.answersTo(flipped));
    this.computed.set(flipped, digest);
    return digest;
  }

  /** For the cells that come after this one; undefined where nothing was computed here. */
  async digests(): Promise<ExpectedDigests | undefined> {
    if (this.answers === undefined) return undefined;
    return { data: await this.digestOf(false), flipped: await this.digestOf(true) };
  }

  /** A second instance of the kernel. */
  async kernel(): Promise<Kernel> {
    const { kernel } = this.order;
    return (await loadKernel({ ...kernel, module: `${kernel.module}?check` })).kernel;
  }

  /** The flip changes one list: its answer alone is computed again. */
  private async patch(answers: Dictionary): Promise<void> {
    const { key } = this.freshener;
    if (key === undefined) return;
    const { input } = this;
    const kernel = await this.kernel();
    if (isLists(input) && isLists(answers)) {
      answers.set(key, Array.from(await oneAnswer(kernel, input.get(key) ?? [])));
    } else if (!isLists(input) && !isLists(answers)) {
      const index = input.keys.indexOf(key);
      const xs = input.values.subarray(input.offsets[index], input.offsets[index + 1]);
      const place = answers.values.subarray(answers.offsets[index], answers.offsets[index + 1]);
      const answer = await oneAnswer(kernel, xs, place);
      if (answer !== place) place.set(answer);
    }
  }
}

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
