import { loadKernel } from '../../catalog/kernel.js';
import { type Dictionary, isLists } from '../../contract/dictionary.js';
import type { Agreement, Kernel, KernelPlugin } from '../../contract/kernel.js';
import type { Placed, Session } from '../../contract/strategy.js';
import { checksum } from '../../dictionary/checksum.js';
import { difference } from '../../dictionary/compare.js';
import type { CellOrder } from '../order.js';
import { isThenable } from './clock.js';
import type { Freshener } from './input.js';
import { differenceOfFrozen, type Frozen, freeze, isStill } from './kept.js';
import { oneAnswer, reference } from './reference.js';
import { smallInput } from './small-input.js';

/** An answer that was handed over, and to what: the user's data, flipped or not, or the small input. */
interface Kept {
  readonly what: string;
  readonly of: 'data' | 'flipped data' | 'small input';
  readonly answer: Frozen;
}

/** What a wrong answer is told by: it costs the cell. */
export class WrongAnswer extends Error {}

/**
 * Keeps what the calls answered, and compares it after the last sample with a reference that a second instance of the
 * kernel module computes: checking with the timed function would change what V8 knows about it.
 */
export class Verifier {
  private readonly kept: Kept[] = [];
  private readonly seen = new Set<string>();
  private readonly checksumBefore: string;
  private unspoiled: Dictionary | undefined;
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

  /** One more compute into spoiled outputs, then collect; and again after spoiling, which must show NaN. */
  async resident(placed: Placed): Promise<void> {
    if (!this.order.verify) return;
    await placed.spoil();
    const computing = placed.compute();
    if (isThenable(computing)) await computing;
    const collecting = placed.collect();
    const collected = isThenable(collecting) ? await collecting : collecting;
    this.keep('the resident session', collected);
    // Whoever computes in collect does so every time: once is enough to find it, and long lists take long to send.
    if ((this.order.round ?? 0) > 0) return;
    await placed.spoil();
    this.unspoiled = await placed.collect();
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

  /** After the last sample, outside every clock. Throws a WrongAnswer that says which call, key and index. */
  async check(): Promise<void> {
    if (!this.order.verify) return;
    this.freshener.set(false);
    if (this.freshener.overwritten || checksum(this.input) !== this.checksumBefore)
      throw new WrongAnswer('it changed its input');
    const { kernel, plugin } = await loadKernel({
      ...this.order.kernel,
      module: `${this.order.kernel.module}?check`,
    });
    const expected = await reference(kernel, this.input);
    if (this.unspoiled !== undefined) checkSpoiled(this.unspoiled, expected);
    this.unspoiled = undefined;
    this.compare('data', expected, plugin.agree);
    this.freshener.set(true);
    await this.patch(kernel, expected);
    this.compare('flipped data', expected, plugin.agree);
    this.freshener.set(false);
    if (this.small !== undefined)
      this.compare('small input', await reference(kernel, this.small), plugin.agree);
  }

  private keep(
    what: string,
    answer: Dictionary | undefined,
    of: Kept['of'] = this.freshener.flipped ? 'flipped data' : 'data',
  ): void {
    this.kept.push({ what, of, answer: freeze(answer, this.agree) });
  }

  private compare(of: Kept['of'], expected: Dictionary, agree: Agreement): void {
    let digest: string | undefined;
    const digestOfExpected = () => {
      digest ??= checksum(expected);
      return digest;
    };
    for (const { what, answer } of this.kept.filter((each) => each.of === of)) {
      const problem = differenceOfFrozen(expected, digestOfExpected, answer, agree);
      if (problem !== undefined) throw new WrongAnswer(`${what} answered wrongly: ${problem}`);
    }
  }

  /** An answer belongs to the caller: what was kept of it must still be so after later calls. */
  private unchanged(what: string, answer: Dictionary | undefined): void {
    const kept = this.kept.findLast((each) => each.what === what);
    if (kept === undefined || answer === undefined || isStill(kept.answer, answer)) return;
    throw new WrongAnswer(`a later call changed the answer of ${what}: answers must be fresh memory`);
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

/** The first place that still holds a number after `spoil`, in words; undefined where there is none. */
export function leftAfterSpoil(answer: Dictionary): string | undefined {
  const holds = (list: ArrayLike<number>) => Array.prototype.some.call(list, (x) => !Number.isNaN(x));
  if (!isLists(answer)) return holds(answer.values) ? 'its values' : undefined;
  for (const [key, list] of answer) if (holds(list)) return `key '${key}'`;
  return undefined;
}

/** `collect` hands back what `compute` left: after `spoil` it can only be NaN. */
function checkSpoiled(answer: Dictionary, expected: Dictionary): void {
  const where = leftAfterSpoil(answer);
  if (where === undefined) return;
  throw new WrongAnswer(
    difference(expected, answer, 'exact') === undefined
      ? 'the answer is there although nothing was computed after spoil: spoil must overwrite every output with NaN, and collect must not compute'
      : `spoil leaves numbers in ${where}: every number must be NaN after it`,
  );
}
