import { nowNs } from '../cell/clock.js';

type Numbers = number[] | Float64Array;

/** How long a kernel takes for one number of lists like those that it was tried on, ns. */
export interface TimedLists {
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
export async function timedLists(
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
