import { isLists } from '../../contract/dictionary.js';
import type { Kernel, KernelRef } from '../../contract/kernel.js';
import { loadKernel } from '../../plugins/kernel.js';
import { importDefault } from '../../plugins/load-module.js';
import { type PlainFunction, type PlainKind, plainKindOption } from '../../plugins/plain-function.js';
import { threadPool } from '../../workers/pool.js';
import { nowNs } from '../../workers/span-log.js';
import { makeInput } from '../cell/input.js';
import type { ProbeQuestion } from './messages.js';

/** Lists that the kernel is tried on: a few of the real ones, and not the largest dictionary. */
const listsTried = 3;

interface ProbeResult {
  /** Only for a plain function: what its answers show it to be. */
  readonly plainKind?: PlainKind;
  /** Of the lists that it was tried on: where the order asked for it. */
  readonly timed?: TimedLists;
}

/**
 * Tries a kernel on a few of the lists it will get: it must not throw, must answer numbers of the right shape, must
 * leave its input alone, must answer the same twice, and must be importable in a worker. Throws the sentence that says
 * what is wrong.
 */
export async function probe(order: ProbeQuestion): Promise<ProbeResult> {
  const lists = await someLists(order);
  const found = await importDefault(order.kernel.module, 'kernel');
  const plainKind = typeof found === 'function' ? await kindOf(found as PlainFunction, lists) : undefined;
  const options =
    plainKind === undefined
      ? order.kernel.options
      : { ...order.kernel.options, [plainKindOption]: plainKind };
  const ref: KernelRef = { module: order.kernel.module, options };
  const { kernel, plugin } = await loadKernel(ref);
  const exact = plugin.agree === 'exact';
  for (const [key, list] of lists) await tryOn(kernel, exact, key, list);
  await importInWorker(ref);
  return {
    ...(plainKind === undefined ? {} : { plainKind }),
    ...(await timing(order, kernel, exact, lists)),
  };
}

async function timing(
  { timed }: ProbeQuestion,
  kernel: Kernel,
  exact: boolean,
  lists: readonly [string, number[] | Float64Array][],
): Promise<Pick<ProbeResult, 'timed'>> {
  return timed ? { timed: await timedLists((list, key) => answerOf(kernel, key, list), exact, lists) } : {};
}

async function someLists(
  order: Pick<ProbeQuestion, 'from' | 'data'>,
): Promise<[string, number[] | Float64Array][]> {
  const input = await makeInput(order);
  if (isLists(input)) return [...input].slice(0, listsTried);
  const { keys, offsets, values } = input;
  return keys
    .slice(0, listsTried)
    .map((key, index) => [key, values.slice(offsets[index], offsets[index + 1])]);
}

/** What a plain function is, from what it answers. */
async function kindOf(
  fn: PlainFunction,
  lists: readonly [string, number[] | Float64Array][],
): Promise<PlainKind> {
  const [key, list] = lists[0];
  const answer = attempt(() => fn(list.slice() as number[]), key);
  if (typeof (answer as Promise<unknown>)?.then === 'function') return 'wait';
  if (typeof answer === 'number') return 'reduce';
  if (Array.isArray(answer) || answer instanceof Float64Array) return 'map';
  throw new Error(
    `the function answered ${show(answer)} for the list of key "${key}". It must return a list of numbers or one number (or a promise of either).`,
  );
}

async function tryOn(
  kernel: Kernel,
  exact: boolean,
  key: string,
  list: number[] | Float64Array,
): Promise<void> {
  const before = list.slice();
  const first = await answerOf(kernel, key, list);
  const changed = before.findIndex((x, index) => !Object.is(x, list[index]));
  if (changed >= 0 || before.length !== list.length) {
    throw new Error(
      changed >= 0
        ? `the kernel changed its input: key "${key}", index ${changed} was ${before[changed]} and is ${list[changed]}. Make it return a new list.`
        : `the kernel changed its input: the list of key "${key}" had ${before.length} numbers and has ${list.length}. Make it return a new list.`,
    );
  }
  checkNumbers(first, key);
  if (kernel.kind === 'map' && first.length !== list.length) {
    throw new Error(
      `the kernel answered ${first.length} numbers for the ${list.length} of key "${key}": a list function must answer as many as it gets, a reduction one number.`,
    );
  }
  const second = await answerOf(kernel, key, list);
  const differs = first.findIndex((x, index) => !Object.is(x, second[index]));
  if (exact && (differs >= 0 || first.length !== second.length)) {
    throw new Error(
      `the kernel is not deterministic: for key "${key}" it answered ${first[differs]} and then ${second[differs]} at index ${differs}. No answer of it could be checked.`,
    );
  }
}

async function answerOf(kernel: Kernel, key: string, list: number[] | Float64Array): Promise<number[]> {
  if (kernel.kind === 'wait') {
    try {
      return Array.from((await kernel.list(list)) ?? list);
    } catch (cause) {
      throw thrown(cause, key);
    }
  }
  return attempt(() => {
    if (kernel.kind === 'reduce') return [kernel.list(list)];
    if (kernel.fresh !== undefined) return Array.from(kernel.fresh(list));
    const out = new Array<number>(list.length).fill(0);
    kernel.list(list, out);
    return out;
  }, key);
}

function checkNumbers(answer: readonly unknown[], key: string): void {
  const wrong = answer.findIndex((x) => typeof x !== 'number');
  if (wrong >= 0)
    throw new Error(
      `the kernel answered ${show(answer[wrong])} at index ${wrong} of key "${key}": answers must be numbers.`,
    );
}

function attempt<T>(run: () => T, key: string): T {
  try {
    return run();
  } catch (cause) {
    throw thrown(cause, key);
  }
}

function thrown(cause: unknown, key: string): Error {
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new Error(
    `the kernel threw on the list of key "${key}": ${said.replace(/\.$/, '')}. It must take every list that is measured: mend it, or name data that it takes (--data).`,
    { cause },
  );
}

async function importInWorker(ref: KernelRef): Promise<void> {
  try {
    const pool = await threadPool({ ref, workers: 1 });
    await pool.close();
  } catch (cause) {
    throw new Error(
      `the kernel cannot be imported in a worker: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function show(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return typeof value === 'object'
    ? `an object (${Object.keys(value).slice(0, 3).join(', ')})`
    : `${typeof value} ${String(value)}`;
}

type Numbers = number[] | Float64Array;

/** How long a kernel takes for one number of lists like those that it was tried on, ns. */
interface TimedLists {
  readonly nsPerNumber: number;
  /** Of lists an eighth as long: much less means that longer lists cost more than in proportion. */
  readonly nsPerNumberShort: number;
}

/** Calls of one list: a cache that fills up, or a counter that runs over, shows within so many, if they fit into the time. */
const mostCalls = 100;
const mostNs = 150e6;
const shorter = 8;
/** No further list is begun after this: a kernel that takes so long is known well enough. */
const enoughNs = 500e6;

/** Throws where a list is answered otherwise than the first time. */
async function timedLists(
  answer: (list: Numbers, key: string) => Promise<number[]>,
  exact: boolean,
  lists: readonly [string, Numbers][],
): Promise<TimedLists> {
  const began = nowNs();
  const [whole, short] = [new Timed(), new Timed()];
  for (const [key, list] of lists) {
    if (nowNs() - began > enoughNs) break;
    const start = list.slice(0, Math.ceil(list.length / shorter));
    whole.add(list, await callNs(() => answer(list, key), exact, key));
    short.add(start, await callNs(() => answer(start, key), exact, key));
  }
  return { nsPerNumber: whole.nsPerNumber, nsPerNumberShort: short.nsPerNumber };
}

class Timed {
  private ns = 0;
  private numbers = 0;

  add(list: Numbers, ns: number): void {
    this.ns += ns;
    this.numbers += list.length;
  }

  get nsPerNumber(): number {
    return this.ns / Math.max(1, this.numbers);
  }
}

/** The median of its calls: the first ones still compile. */
async function callNs(call: () => Promise<number[]>, exact: boolean, key: string): Promise<number> {
  const timesNs: number[] = [];
  const began = nowNs();
  let first: number[] | undefined;
  do {
    const calling = nowNs();
    const answer = await call();
    timesNs.push(nowNs() - calling);
    first ??= answer;
    if (exact && answer.length !== first.length)
      throw new Error(
        `the kernel is not deterministic: for key "${key}" it answered ${first.length} numbers, and in call ${timesNs.length} of the same list ${answer.length}. No answer of it could be checked.`,
      );
    const differs = answer.findIndex((x, index) => !Object.is(x, first?.[index]));
    if (exact && differs >= 0)
      throw new Error(
        `the kernel is not deterministic: for key "${key}" it answered ${first[differs]}, and in call ${timesNs.length} of the same list ${answer[differs]} at index ${differs}. No answer of it could be checked.`,
      );
  } while (timesNs.length < mostCalls && nowNs() - began < mostNs);
  return timesNs.sort((a, b) => a - b)[Math.floor(timesNs.length / 2)];
}
