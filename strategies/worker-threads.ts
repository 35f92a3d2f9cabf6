import { defineStrategy, pooledSession, threadPool } from 'breakeven';

/** A pool of worker_threads; lists go there and back by structured clone. */
export default defineStrategy({
  title: 'worker_threads, structured clone',
  family: 'threads',
  // While they run, the lists are here and in the workers, with answers in both.
  footprint: { lists: 2 },
  open: async (request) => pooledSession(await threadPool(request), request),
});
