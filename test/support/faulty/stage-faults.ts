import type { Dictionary } from '../../../src/contract/dictionary.js';
import type { Kernel } from '../../../src/contract/kernel.js';
import type { Placed } from '../../../src/contract/strategy.js';
import type { Fault } from './fault.js';
import { copied, inForm, rightPlaced } from './honest.js';

/** Faults of a session with stages. */
export const stageFaults: readonly Fault[] = [
  wrong('computes-in-collect', (kernel, input) => {
    const placed = rightPlaced(kernel, input);
    return {
      ...placed,
      compute: () => {},
      collect: () => {
        placed.compute();
        return placed.collect();
      },
    };
  }),
  wrong('computes-in-place', (kernel, input) => {
    const placed = rightPlaced(kernel, input);
    placed.compute();
    return { ...placed, compute: () => {}, poison: () => {} };
  }),
  wrong('computes-only-once', (kernel, input) => {
    const placed = rightPlaced(kernel, input);
    let done = false;
    return {
      ...placed,
      compute: () => {
        if (!done) placed.compute();
        done = true;
      },
    };
  }),
  wrong('poison-does-nothing', (kernel, input) => ({ ...rightPlaced(kernel, input), poison: () => {} })),
  wrong('poisons-all-but-one', (kernel, input) => {
    const placed = rightPlaced(kernel, input);
    const poison = () => {
      const [last] = [...placed.outputs.values()].filter((list) => list.length > 0).slice(-1);
      const kept = last?.at(-1);
      placed.poison();
      if (last !== undefined && kept !== undefined) last[last.length - 1] = kept;
    };
    return { ...placed, poison };
  }),
  wrong('hands-out-its-own-outputs', (kernel, input) => {
    const placed = rightPlaced(kernel, input);
    let handedOut: Dictionary | undefined;
    // Columns are made of the lists: there it is the columns that are handed out again.
    const collect = () => {
      const now = inForm(placed.outputs, input);
      if (handedOut === undefined || now instanceof Map) handedOut = now;
      else if (!(handedOut instanceof Map)) handedOut.values.set(now.values);
      return handedOut;
    };
    return { ...placed, collect };
  }),
  {
    id: 'keeps-placed-data-by-identity',
    outcome: 'wrong',
    open: (kernel) => {
      const known = new WeakMap<Dictionary, Placed>();
      const place = (input: Dictionary) => {
        const placed = known.get(input) ?? rightPlaced(kernel, input);
        known.set(input, placed);
        return placed;
      };
      return { place, close: () => {} };
    },
  },
  {
    id: 'runs-right-and-collects-wrong',
    outcome: 'wrong',
    open: (kernel) => ({
      place: (input) => {
        const placed = rightPlaced(kernel, input);
        return { ...placed, collect: () => inForm(copied(placed.outputs, Math.fround), input) };
      },
      run: async (input) => {
        const placed = rightPlaced(kernel, input);
        await placed.compute();
        return placed.collect();
      },
      close: () => {},
    }),
  },
];

function wrong(id: string, place: (kernel: Kernel, input: Dictionary) => Placed): Fault {
  return {
    id,
    outcome: 'wrong',
    open: (kernel) => ({ place: (input) => place(kernel, input), close: () => {} }),
  };
}
