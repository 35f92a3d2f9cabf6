import type { LoadedKernel } from '../catalog/kernel.js';
import type { Kernel, KernelPlugin, List } from '../contract/kernel.js';
import { difference } from '../dictionary/compare.js';
import { generate } from '../dictionary/generate.js';
import { oneAnswer } from '../measure/cell/expected.js';
import { ContractBroken } from './result.js';

export interface TrialList {
  readonly name: string;
  readonly list: number[];
}

/**
 * Lists on which a kernel is tried: lengths around the width of a vector, small ints, doubles, and the numbers that it
 * names as its edges. Others need not be in its domain: a function of somebody's own may loop for ever on NaN.
 */
export function trialLists({ kernel, plugin }: Pick<LoadedKernel, 'kernel' | 'plugin'>): TrialList[] {
  const { edges = [] } = plugin;
  // Each list that is waited for takes its time, and no loop over its numbers could go wrong.
  const lengths = kernel.kind === 'wait' ? [1, 9] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100];
  const lists: TrialList[] = lengths.map((length) => ({
    name: `${length} ints`,
    list: numbers(length, 'ints'),
  }));
  lists.push({ name: '37 doubles', list: numbers(37, 'doubles') });
  // Each edge alone: in one sum, NaN would hide all others.
  for (const edge of edges)
    lists.push({
      name: `19 times ${Object.is(edge, -0) ? '-0' : edge}`,
      list: new Array<number>(19).fill(edge),
    });
  return lists;
}

/** The kernel's answer of one list. */
export async function answerOf(kernel: Kernel, list: List): Promise<number[]> {
  return Array.from(await oneAnswer(kernel, list));
}

/** Throws ContractBroken where two answers of one list differ by more than the kernel allows. */
export function expectSame({ agree }: KernelPlugin, name: string, expected: List, actual: List): void {
  const dictionary = (list: List) => new Map([[name, Array.from(list)]]);
  const problem = difference(dictionary(expected), dictionary(actual), agree);
  if (problem !== undefined) throw new ContractBroken(`its answers differ: ${problem}`);
}

function numbers(length: number, values: 'ints' | 'doubles'): number[] {
  const spec = { keys: 1, length, skew: 'equal', values, seed: length } as const;
  return [...(generate(spec, 'lists').get('key1') ?? [])];
}
