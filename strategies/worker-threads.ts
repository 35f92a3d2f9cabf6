import { defineStrategy, pooledSession, threadPool } from 'breakeven';

/** A pool of worker_threads; lists go there and back by structured clone. */
export default defineStrategy({
  title: 'worker_threads, structured clone',
  family: 'threads',
  turnInShortTrial: 3,
  style: { colour: '#0072B2', marker: 'triangle', dash: 'solid', hollow: false },
  // Measured: messages, and what arrives in them until it is collected.
  footprint: { inFlight: { ints: 32, doubles: 124, columns: 28 } },
  open: async (request) => pooledSession(await threadPool(request), request),
});
