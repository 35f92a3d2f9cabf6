import { type Dictionary, isLists, type Lists } from '../../contract/dictionary.js';
import type { Agreement, KernelPlugin } from '../../contract/kernel.js';
import type { Placed, Session } from '../../contract/strategy.js';
import { checksum } from '../../dictionary/checksum.js';
import { toForm } from '../../dictionary/columns.js';
import { difference } from '../../dictionary/compare.js';
import type { CellOrder, ExpectedDigests } from '../order.js';
import { Expected, reference } from './expected.js';
import type { Freshener } from './input.js';
import { spent } from './spent.js';
import { isThenable } from './timed-session.js';

/** An answer that was handed over, and to what: the user's data, flipped or not, or the small input. */
interface Kept {
  readonly what: string;
  readonly of: 'data' | 'flipped data' | 'small input';
  readonly answer: Frozen;
}

/** What a wrong answer is told by: it costs the cell. */
export class WrongAnswer extends Error {}

/** Keeps what the calls answered, and compares it after the last sample with the right answers. */
export class Verifier {
  private readonly kept: Kept[] = [];
  private readonly seen = new Set<string>();
  private readonly checksumBefore: string;
  private unpoisoned: Dictionary | undefined;
  private small: Dictionary | undefined;
  private agree: Agreement = 'exact';
  private edges: readonly number[] = [];

  constructor(
    private readonly order: CellOrder,
    private readonly input: Dictionary,
    private readonly freshener: Freshener,
  ) {
    this.checksumBefore = checksum(input);
  }

  /** How answers may differ: known once the kernel is imported, which is inside the first timed session. */
  expect({ agree, edges }: Pick<KernelPlugin, 'agree' | 'edges'>): void {
    this.agree = agree;
    this.edges = edges ?? [];
  }

  /** After a sample: keeps the first of each series, as a copy or a digest that no later call can change. */
  sample(series: string, answer: Dictionary | undefined): void {
    if (!this.order.verify || this.seen.has(series)) return;
    this.seen.add(series);
    // Later rounds look at the last answers alone where a look takes as long as a call.
    if ((this.order.round ?? 0) > 0 && numbersOf(answer) > keepUpTo) return;
    this.keep(`the first timed ${series} call`, answer);
  }

  /**
   * The last answer of a series. Returns the check, for after a later call, that it is still the same: the one that was
   * handed over, or what is found in its place.
   */
  last(series: string, answer: Dictionary | undefined): (again?: Dictionary) => void {
    if (!this.order.verify) return () => {};
    const what = `the last timed ${series} call`;
    this.keep(what, answer);
    return (again = answer) => this.unchanged(what, again);
  }

  /** The answer of the one-shot session. */
  oneShot(answer: Dictionary): void {
    if (this.order.verify) this.keep('the one-shot session', answer);
  }

  /**
   * A call after the last sample of its series, on data flipped the other way: what was kept by identity of the input,
   * or is an answer late, cannot be right both times.
   */
  later(answer: Dictionary | undefined): void {
    if (this.order.verify) this.keep('a call after the last timed one', answer);
  }

  /**
   * One more compute into poisoned outputs, then collect; and again after poisoning, which must show NaN. Of a dear call
   * that was seen to compute in the first round, later ones collect what the last timed call has computed.
   */
  async resident(placed: Placed, isDear: boolean): Promise<void> {
    if (!this.order.verify) return;
    const isFirst = (this.order.round ?? 0) === 0;
    if (isFirst || !isDear) {
      await poisonOutputs(placed);
      const computing = placed.compute();
      if (isThenable(computing)) await computing;
    }
    const collecting = placed.collect();
    const collected = isThenable(collecting) ? await collecting : collecting;
    this.keep('the resident session', collected);
    // Whoever computes in collect does so every time: once is enough to find it, and long lists take long to send.
    if (!isFirst) return;
    await poisonOutputs(placed);
    this.unpoisoned = await placed.collect();
    this.unchanged('the resident session', collected);
  }

  /**
   * A few lists more, by every way there is, after the last sample. Answers are copied in the very turn in which they
   * are handed over: a list that is filled later, by a callback nobody waited for, is still empty then.
   */
  async afterwards(session: Session): Promise<void> {
    if (!this.order.verify) return;
    this.freshener.set(false);
    this.small = smallInput(this.input, this.edges);
    if (session.run !== undefined) {
      const running = session.run(this.small);
      this.keep('run on a few lists', isThenable(running) ? await running : running, 'small input');
    }
    if (!('place' in session)) return;
    const placed = await session.place(this.small);
    const computing = placed.compute();
    if (isThenable(computing)) await computing;
    const collecting = placed.collect();
    this.keep(
      'collect of a few lists',
      isThenable(collecting) ? await collecting : collecting,
      'small input',
    );
    await placed.release?.();
  }

  /**
   * After the last sample, outside every clock. Throws a WrongAnswer that says which call, key and index. Returns the
   * digests of the right answers, where they were made, for the cells that come after.
   */
  async check(): Promise<ExpectedDigests | undefined> {
    if (!this.order.verify) return undefined;
    this.freshener.set(false);
    if (this.freshener.overwritten || checksum(this.input) !== this.checksumBefore)
      throw new WrongAnswer('it changed its input');
    const expected = new Expected(this.order, this.input, this.freshener);
    const left = this.unpoisoned === undefined ? undefined : leftAfterPoison(this.unpoisoned);
    if (left !== undefined) throw poisonProblem(left, await expected.answersTo(false), this.unpoisoned);
    this.unpoisoned = undefined;
    await this.compare('data', expected);
    await this.compare('flipped data', expected);
    this.freshener.set(false);
    if (this.small !== undefined) {
      const answers = await reference(await expected.kernel(), this.small);
      for (const { what, answer } of this.keptOf('small input')) {
        // The first list of the user's may be a large one.
        const problem = isDigest(answer)
          ? differenceOfDigests(checksum(answers), answer)
          : difference(answers, answer, this.agree);
        assertSame(what, problem);
      }
    }
    return expected.digests();
  }

  private keep(
    what: string,
    answer: Dictionary | undefined,
    of: Kept['of'] = this.freshener.flipped ? 'flipped data' : 'data',
  ): void {
    this.kept.push({ what, of, answer: spent.onAtOnce('checks', () => freeze(answer, this.agree)) });
  }

  private keptOf(of: Kept['of']): Kept[] {
    return this.kept.filter((each) => each.of === of);
  }

  private async compare(of: 'data' | 'flipped data', expected: Expected): Promise<void> {
    const flipped = of === 'flipped data';
    for (const { what, answer } of this.keptOf(of)) {
      // Equal to the bit to what an earlier cell has computed: then it is right, however they may differ.
      if (!isDigest(answer) && expected.isKnown(answer, flipped)) continue;
      const problem = isDigest(answer)
        ? await expected.differenceOf(answer, flipped)
        : difference(await expected.answersTo(flipped), answer, this.agree);
      assertSame(what, problem);
    }
  }

  /** An answer belongs to the caller: what was kept of it must still be so after later calls. */
  private unchanged(what: string, answer: Dictionary | undefined): void {
    const kept = this.kept.findLast((each) => each.what === what);
    if (kept === undefined || answer === undefined || isStill(kept.answer, answer)) return;
    throw new WrongAnswer(`a later call changed the answer of ${what}: answers must be fresh memory`);
  }
}

/** A comparison runs the plug-ins of an older commit as they are: there the stage was called `spoil`. */
async function poisonOutputs(placed: Placed & { spoil?(): void | Promise<void> }): Promise<void> {
  await (placed.poison === undefined && placed.spoil !== undefined ? placed.spoil() : placed.poison());
}

/** The first place that still holds a number after `poison`, in words; undefined where there is none. */
export function leftAfterPoison(answer: Dictionary): string | undefined {
  const holds = (list: ArrayLike<number>) => Array.prototype.some.call(list, (x) => !Number.isNaN(x));
  if (!isLists(answer)) return holds(answer.values) ? 'its values' : undefined;
  for (const [key, list] of answer) if (holds(list)) return `key '${key}'`;
  return undefined;
}

/** `collect` hands back what `compute` left: after `poison` it can only be NaN. */
function poisonProblem(where: string, expected: Dictionary, answer: Dictionary | undefined): WrongAnswer {
  return new WrongAnswer(
    difference(expected, answer, 'exact') === undefined
      ? 'the answer is there although nothing was computed after poison: poison must overwrite every output with NaN, and collect must not compute'
      : `poison leaves numbers in ${where}: every number must be NaN after it`,
  );
}

function assertSame(what: string, problem: string | undefined): void {
  if (problem !== undefined) throw new WrongAnswer(`${what} answered wrongly: ${problem}`);
}

/** Above this many numbers an answer is digested rather than copied. */
const keepUpTo = 2_000_000;

/** An answer as it was when it was handed over: a copy that the strategy cannot reach, or a digest. */
type Frozen = Dictionary | Digest | undefined;

export interface Digest {
  readonly digest: string;
}

/**
 * A copy that the strategy cannot reach; a digest of what is large. What is no dictionary stays what it is, for the
 * comparison to name it.
 */
function freeze(answer: Dictionary | undefined, agree: Agreement): Frozen {
  const limit = agree === 'exact' ? keepUpTo : Number.POSITIVE_INFINITY;
  if (answer instanceof Map) {
    if (numbersOf(answer) > limit) return { digest: checksum(answer) };
    return new Map([...answer].map(([key, list]) => [key, Array.isArray(list) ? list.slice() : list]));
  }
  if (!(answer?.values instanceof Float64Array) || !(answer.offsets instanceof Uint32Array)) return answer;
  if (answer.values.length > limit) return { digest: checksum(answer) };
  return { keys: answer.keys, offsets: answer.offsets.slice(), values: answer.values.slice() };
}

function numbersOf(answer: Dictionary | undefined): number {
  if (!(answer instanceof Map)) return answer?.values?.length ?? 0;
  let numbers = 0;
  for (const list of answer.values()) numbers += list?.length ?? 0;
  return numbers;
}

/** The digests of what is expected and of an answer too large to keep, as a sentence where they differ. */
export function differenceOfDigests(expected: string, { digest }: Digest): string | undefined {
  return digest === expected
    ? undefined
    : 'some number, key or length differs (the answer was too large to keep, so only its digest is known)';
}

/** Is the answer still what it was? What is no dictionary cannot be digested, and is found wrong anyway. */
function isStill(frozen: Frozen, answer: Dictionary): boolean {
  try {
    return digestOf(frozen) === digestOf(answer);
  } catch {
    return true;
  }
}

function digestOf(answer: Frozen): string {
  if (answer === undefined) return '';
  return isDigest(answer) ? answer.digest : checksum(answer);
}

function isDigest(answer: unknown): answer is Digest {
  return typeof answer === 'object' && answer !== null && 'digest' in answer;
}

/**
 * A few lists for one more call after the last sample: the first list of the user's data, and what the kernel calls
 * its edges. Numbers below 1,000, as they are generated, hide answers in float32 and products in 32 bits.
 */
function smallInput(input: Dictionary, edges: readonly number[]): Dictionary {
  const lists: Lists = new Map();
  if (isLists(input)) {
    for (const [key, list] of input) {
      lists.set(key, list.slice());
      break;
    }
  } else if (input.keys.length > 0) {
    lists.set(input.keys[0], Array.from(input.values.subarray(input.offsets[0], input.offsets[1])));
  }
  edges.forEach((edge, index) => {
    // Every edge once in a block of vectors and once in the tail behind it, whatever the width.
    lists.set(`edge ${index + 1}`, new Array<number>(17).fill(edge));
  });
  return toForm(lists, isLists(input) ? 'lists' : 'columns');
}
