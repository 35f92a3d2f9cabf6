import { Worker } from 'node:worker_threads';
import type { Dictionary } from '../../../src/contract/dictionary.js';
import type { Fault } from './fault.js';
import { rightAnswer } from './honest.js';

/** Faults of coming to an end: calls that never return, and what stays behind. */
export const endFaults: readonly Fault[] = [
  {
    id: 'never-resolves',
    outcome: 'limit',
    open: () => ({ run: () => new Promise<Dictionary>(() => {}), close: () => {} }),
  },
  {
    id: 'never-opens',
    outcome: 'limit',
    open: () => new Promise(() => {}),
  },
  {
    id: 'never-closes',
    outcome: 'limit',
    open: (kernel) => ({ run: (input) => rightAnswer(kernel, input), close: () => new Promise(() => {}) }),
  },
  {
    // Waits for messages alone: a worker that has gone sends none.
    id: 'loses-a-worker',
    outcome: 'limit',
    open: (kernel) => ({
      run: async (input) => {
        const worker = new Worker('process.exit(1)', { eval: true });
        await new Promise((resolve) => worker.once('message', resolve));
        return rightAnswer(kernel, input);
      },
      close: () => {},
    }),
  },
  {
    id: 'throws-at-once',
    outcome: 'crashed',
    open: () => ({
      run: () => {
        throw new Error('not written yet');
      },
      close: () => {},
    }),
  },
  {
    id: 'throws-at-the-second-run',
    outcome: 'crashed',
    open: (kernel) => {
      let runs = 0;
      const run = (input: Dictionary) => {
        if (++runs > 1) throw new Error('the pool is used up');
        return rightAnswer(kernel, input);
      };
      return { run, close: () => {} };
    },
  },
  {
    id: 'throws-at-the-second-close',
    outcome: 'crashed',
    open: (kernel) => {
      let open = true;
      const close = () => {
        if (!open) throw new Error('closed already');
        open = false;
      };
      return { run: (input) => rightAnswer(kernel, input), close };
    },
  },
  {
    // Its answers are right and it costs nothing that a cell could see: only the contract test finds it.
    id: 'leaves-a-worker-behind',
    outcome: 'measured',
    open: (kernel) => {
      new Worker('setInterval(() => {}, 1_000)', { eval: true }).unref();
      return { run: (input) => rightAnswer(kernel, input), close: () => {} };
    },
  },
  {
    id: 'blocks-for-ever',
    outcome: 'limit',
    fatal: true,
    open: () => ({
      run: () => {
        for (;;);
      },
      close: () => {},
    }),
  },
  {
    id: 'ends-its-process',
    outcome: 'crashed',
    fatal: true,
    open: () => ({ run: () => process.exit(3), close: () => {} }),
  },
];
