import { defineStrategy, pooledSession, threadPool } from 'breakeven';

/** A pool of worker_threads; lists are packed in chunks, which move there and back without being copied. */
export default defineStrategy({
  title: 'worker_threads, packed and transferred',
  family: 'threads',
  style: { colour: '#CC79A7', marker: 'triangle', dash: 'dashed', hollow: true },
  // The chunks that are under way, in memory that is used again; outputs of `place`, in the workers.
  footprint: { columns: 2 },
  supports(kernel) {
    if (kernel.kind === 'map' && kernel.fresh) {
      return {
        reason:
          'a function that returns its own list takes lists, not packed numbers: write a kernel, ' +
          "defineKernel({ … make: () => ({ kind: 'map', list(xs, out) { … } }) })",
      };
    }
    return true;
  },
  open: async (request) => pooledSession(await threadPool({ ...request, transfer: true }), request),
});
