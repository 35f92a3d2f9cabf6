import { defineStrategy, pooledSession, processPool } from 'breakeven';

/** A pool of forked processes; lists go there and back as JSON or by V8's serializer ("advanced"). */
export default defineStrategy({
  title: 'forked processes',
  family: 'processes',
  turnInShortTrial: 7,
  style: { colour: '#D55E00', marker: 'diamond', dash: 'solid', hollow: false },
  options: { serialization: ['json', 'advanced'] },
  // Measured: messages, and what arrives in them until it is collected.
  footprint: { inFlight: { ints: 46, doubles: 116, columns: 116 } },
  open: async (request) => {
    const serialization = request.options.serialization === 'advanced' ? 'advanced' : 'json';
    return pooledSession(await processPool({ ...request, serialization }), request);
  },
});
