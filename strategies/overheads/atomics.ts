import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { defineStrategy, isLists, packInto, type StagedSession, toLists } from 'breakeven';
import { bell, reply } from './atomics.cells.js';
import { identityAlone } from './steps.session.js';

/** Shared memory: place packs lists into it, compute is a word to a thread and one back, collect unpacks. */
export default defineStrategy({
  title: 'shared memory, a word there and back by Atomics',
  family: 'threads',
  footprint: { columns: 1, lists: 1 },
  supports: (_kernel, _plugin, _host, ref) => identityAlone(ref),
  open: async ({ signal }): Promise<StagedSession> => {
    const cells = new Int32Array(new SharedArrayBuffer(8));
    const worker = new Worker(new URL('./atomics.thread.js', import.meta.url), { workerData: cells });
    const close = async () => void (await worker.terminate());
    const abort = () => void close();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const ended = once(worker, 'exit').then(([code]) => {
      throw new Error(`the thread ended with exit code ${code} before it was there`);
    });
    // Later it ends as it should.
    ended.catch(() => {});
    await Promise.race([once(worker, 'message'), ended]);
    return {
      place(input) {
        const numbers = isLists(input)
          ? [...input.values()].reduce((sum, { length }) => sum + length, 0)
          : input.values.length;
        const shared = new Float64Array(new SharedArrayBuffer(8 * numbers));
        if (isLists(input)) packInto(input, shared);
        else shared.set(input.values);
        let made: Float64Array = new Float64Array();
        return {
          compute() {
            roundTrip(cells);
            // The numbers are where both sides see them: there is nothing to bring back.
            made = shared;
          },
          collect() {
            if (!isLists(input))
              return { keys: input.keys, offsets: input.offsets.slice(), values: Float64Array.from(made) };
            return toLists({ keys: [...input.keys()], offsets: offsetsOf(input), values: made });
          },
          poison() {
            made = new Float64Array(numbers).fill(Number.NaN);
          },
        };
      },
      close: async () => {
        signal.removeEventListener('abort', abort);
        await close();
      },
    };
  },
});

/** A thread that does not answer for so long never will. */
const answerWithinMs = 10_000;

function roundTrip(cells: Int32Array): void {
  const before = Atomics.load(cells, reply);
  Atomics.add(cells, bell, 1);
  Atomics.notify(cells, bell);
  if (Atomics.wait(cells, reply, before, answerWithinMs) === 'timed-out')
    throw new Error(`the thread has not answered for ${answerWithinMs / 1_000} s`);
}

function offsetsOf(lists: ReadonlyMap<string, readonly number[]>): Uint32Array {
  const offsets = new Uint32Array(lists.size + 1);
  let index = 0;
  for (const { length } of lists.values()) {
    offsets[index + 1] = offsets[index] + length;
    index += 1;
  }
  return offsets;
}
