import type { LoadedKernel } from '../catalog/kernel.js';
import type { KernelCase } from './kernel-cases.js';
import { answerOf, expectSame, trialLists } from './kernel-lists.js';
import { ContractBroken } from './result.js';

/** split 'elements': strategies cut lists anywhere, and take several as one. */
export const cutCase: KernelCase = {
  name: 'a list may be cut anywhere (split: elements)',
  applies: ({ plugin }) => (plugin.split === 'elements' ? true : `its split is '${plugin.split}'`),
  run: async ({ kernel, plugin }) => {
    if (kernel.kind !== 'map')
      throw new ContractBroken(
        `split 'elements' is for maps, and this is a ${kernel.kind}: declare 'associative' or 'never'`,
      );
    await eachCut({ kernel, plugin }, (left, right) => [...left, ...right]);
  },
};

/** split 'associative': the answers of neighbouring parts are joined by `combine`. */
export const joinCase: KernelCase = {
  name: 'combine joins the answers of parts (split: associative)',
  applies: ({ plugin }) => (plugin.split === 'associative' ? true : `its split is '${plugin.split}'`),
  run: async ({ kernel, plugin }) => {
    if (kernel.kind !== 'reduce' || kernel.combine === undefined)
      throw new ContractBroken(
        "split 'associative' needs a reduction with `combine(a, b)`: add it, or declare 'never'",
      );
    const { combine } = kernel;
    await eachCut({ kernel, plugin }, ([left], [right]) => [combine(left, right)]);
  },
};

async function eachCut(
  { kernel, plugin }: Pick<LoadedKernel, 'kernel' | 'plugin'>,
  join: (left: number[], right: number[]) => number[],
): Promise<void> {
  for (const { name, list } of trialLists({ kernel, plugin })) {
    const whole = await answerOf(kernel, list);
    for (const at of [1, list.length >> 1, list.length - 1].filter((cut) => cut > 0 && cut < list.length)) {
      const parts = join(await answerOf(kernel, list.slice(0, at)), await answerOf(kernel, list.slice(at)));
      expectSame(plugin, `${name}, cut at ${at}`, whole, parts);
    }
  }
}
