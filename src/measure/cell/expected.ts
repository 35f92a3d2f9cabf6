import { loadKernel } from '../../catalog/kernel.js';
import { type Dictionary, isLists } from '../../contract/dictionary.js';
import type { Kernel } from '../../contract/kernel.js';
import { checksum } from '../../dictionary/checksum.js';
import type { CellOrder, ExpectedDigests } from '../order.js';
import type { Freshener } from './input.js';
import { type Digest, differenceOfDigests } from './kept.js';
import { oneAnswer, reference } from './reference.js';

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

  private async digestOf(flipped: boolean): Promise<string> {
    const digest = this.computed.get(flipped) ?? checksum(await this.answersTo(flipped));
    this.computed.set(flipped, digest);
    return digest;
  }

  /** For the cells that come after this one; undefined where it did not come to digests of both. */
  get digests(): ExpectedDigests | undefined {
    const [data, flipped] = [this.computed.get(false), this.computed.get(true)];
    return data === undefined || flipped === undefined ? undefined : { data, flipped };
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
