import { loadKernel } from '../../catalog/kernel.js';
import { type Columns, type Dictionary, isLists, type Lists } from '../../contract/dictionary.js';
import type { Agreement, Kernel, List, MapKernel, ReduceKernel, WaitKernel } from '../../contract/kernel.js';
import type { Placed } from '../../contract/strategy.js';
import { checksum } from '../../dictionary/checksum.js';
import { difference } from '../../dictionary/compare.js';
import type { CellOrder } from '../order.js';
import type { Freshener } from './input.js';

/** Above this many numbers the first timed answer is digested rather than kept. */
const keepUpTo = 2_000_000;

/** An answer that was handed over, and whether the input was flipped at the time. */
interface Kept {
  readonly what: string;
  readonly flipped: boolean;
  readonly answer: Dictionary | { readonly digest: string } | undefined;
}

/** What a wrong answer is told by: it costs the cell. */
export class WrongAnswer extends Error {}

/**
 * Keeps what the timed calls answered, and compares it after the last sample with a reference that a second instance
 * of the kernel module computes: checking with the timed function would change what V8 knows about it.
 */
export class Verifier {
  private readonly kept: Kept[] = [];
  private readonly seen = new Set<string>();
  private readonly checksumBefore: string;
  private unspoiled: Dictionary | undefined;
  private agree: Agreement = 'exact';

  constructor(
    private readonly order: CellOrder,
    private readonly input: Dictionary,
    private readonly freshener: Freshener,
  ) {
    this.checksumBefore = checksum(input);
  }

  /** How answers may differ: known once the kernel is imported, which is inside the first timed session. */
  expect(agree: Agreement): void {
    this.agree = agree;
  }

  /** After a sample: keeps the first of each series, as a copy or a digest that no later call can change. */
  sample(series: string, answer: Dictionary | undefined): void {
    if (!this.order.verify || this.seen.has(series)) return;
    this.seen.add(series);
    this.keep(`the first timed ${series} call`, frozen(answer, this.agree));
  }

  /** The last answer of a series. Returns the check, for after a later call, that it is still the same. */
  last(series: string, answer: Dictionary | undefined): () => void {
    if (!this.order.verify) return () => {};
    const what = `the last timed ${series} call`;
    this.keep(what, frozen(answer, this.agree));
    return () => this.unchanged(what, answer);
  }

  /** The answer of the one-shot session. */
  oneShot(answer: Dictionary): void {
    if (this.order.verify) this.keep('the one-shot session', frozen(answer, this.agree));
  }

  /** One more compute into spoiled outputs, then collect; and again after spoiling, which must show NaN. */
  async resident(placed: Placed): Promise<void> {
    if (!this.order.verify) return;
    await placed.spoil();
    await placed.compute();
    const collected = await placed.collect();
    this.keep('the resident session', frozen(collected, this.agree));
    await placed.spoil();
    this.unspoiled = await placed.collect();
    this.unchanged('the resident session', collected);
  }

  /** An answer belongs to the caller: what was kept of it must still be so after later calls. */
  private unchanged(what: string, answer: Dictionary | undefined): void {
    if (!this.order.verify) return;
    const kept = this.kept.findLast((each) => each.what === what);
    if (kept === undefined || answer === undefined) return;
    if (digestOf(kept.answer) !== digestOf(answer)) {
      throw new WrongAnswer(`a later call changed the answer of ${what}: answers must be fresh memory`);
    }
  }

  /** After the last sample, outside every clock. Throws a WrongAnswer that says which call, key and index. */
  async check(): Promise<void> {
    if (!this.order.verify) return;
    this.freshener.set(false);
    if (checksum(this.input) !== this.checksumBefore) throw new WrongAnswer('it changed its input');
    const { kernel, plugin } = await loadKernel({
      ...this.order.kernel,
      module: `${this.order.kernel.module}?check`,
    });
    const expected = await reference(kernel, this.input);
    if (this.unspoiled !== undefined) this.checkSpoiled(this.unspoiled, expected);
    this.unspoiled = undefined;
    for (const kept of this.kept.sort((a, b) => Number(a.flipped) - Number(b.flipped))) {
      if (kept.flipped !== this.freshener.flipped) {
        this.freshener.set(kept.flipped);
        await this.patch(kernel, expected);
      }
      compareKept(kept, expected, plugin.agree);
    }
    this.freshener.set(false);
  }

  private keep(what: string, answer: Kept['answer']): void {
    this.kept.push({ what, flipped: this.freshener.flipped, answer });
  }

  /** `collect` hands back what `compute` left: after `spoil` it can only be NaN. */
  private checkSpoiled(answer: Dictionary, expected: Dictionary): void {
    const [key] = isLists(answer)
      ? ([...answer].find(([, list]) => list.some((x) => !Number.isNaN(x))) ?? [])
      : [];
    const columnsHold = !isLists(answer) && answer.values.some((x) => !Number.isNaN(x));
    if (key === undefined && !columnsHold) return;
    const same = difference(expected, answer, 'exact') === undefined;
    throw new WrongAnswer(
      same
        ? 'collect computes the answer: it is there although nothing was computed after the outputs were spoiled'
        : 'spoil leaves numbers in its outputs: every number must be NaN after it',
    );
  }

  /** The flip changes one list: its reference alone is computed again. */
  private async patch(kernel: Kernel, expected: Dictionary): Promise<void> {
    const { key } = this.freshener;
    if (key === undefined) return;
    const { input } = this;
    if (isLists(input) && isLists(expected)) {
      expected.set(key, await oneAnswer(kernel, input.get(key) ?? []));
    } else if (!isLists(input) && !isLists(expected)) {
      const index = input.keys.indexOf(key);
      const xs = input.values.subarray(input.offsets[index], input.offsets[index + 1]);
      expected.values.set(await oneAnswer(kernel, xs), expected.offsets[index]);
    }
  }
}

function compareKept({ what, answer }: Kept, expected: Dictionary, agree: Agreement): void {
  const isDigest = typeof answer === 'object' && 'digest' in answer;
  const problem = isDigest
    ? answer.digest === checksum(expected)
      ? undefined
      : 'some number, key or length differs (the answer was too large to keep, so only its digest is known)'
    : difference(expected, answer, agree);
  if (problem !== undefined) throw new WrongAnswer(`${what} answered wrongly: ${problem}`);
}

function digestOf(answer: Kept['answer']): string {
  if (answer === undefined) return '';
  return 'digest' in answer ? answer.digest : checksum(answer);
}

/** A copy that the strategy cannot reach; a digest of what is large. What is no dictionary stays what it is. */
function frozen(answer: Dictionary | undefined, agree: Agreement): Kept['answer'] {
  const limit = agree === 'exact' ? keepUpTo : Number.POSITIVE_INFINITY;
  if (answer instanceof Map) {
    let numbers = 0;
    for (const list of answer.values()) numbers += list?.length ?? 0;
    if (numbers > limit) return { digest: checksum(answer) };
    return new Map([...answer].map(([key, list]) => [key, Array.isArray(list) ? list.slice() : list]));
  }
  if (!(answer?.values instanceof Float64Array) || !(answer.offsets instanceof Uint32Array)) return answer;
  if (answer.values.length > limit) return { digest: checksum(answer) };
  return { keys: answer.keys, offsets: answer.offsets.slice(), values: answer.values.slice() };
}

/** The right answer, by the plainest loop, in the form of the input. */
async function reference(kernel: Kernel, input: Dictionary): Promise<Dictionary> {
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

function viewsOf({ offsets, values }: Columns): Float64Array[] {
  return Array.from({ length: offsets.length - 1 }, (_, index) =>
    values.subarray(offsets[index], offsets[index + 1]),
  );
}

async function oneAnswer(kernel: Kernel, xs: List): Promise<number[]> {
  return kernel.kind === 'wait' ? waitFor(kernel, xs) : answerOf(kernel, xs);
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
