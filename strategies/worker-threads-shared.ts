import { defineStrategy, plainEngine, sharedPool } from 'breakeven';
import { RoomKeeper, sharedRoom } from './worker-threads-shared.rooms.js';
import { sharedSession } from './worker-threads-shared.session.js';

/** Threads that take small parts of packed numbers in shared memory; nothing is sent per call. */
export default defineStrategy({
  title: 'worker_threads, shared memory',
  family: 'threads',
  turnInShortTrial: 6,
  style: { colour: '#882255', marker: 'triangle', dash: 'dash-dot', hollow: false },
  // Input and outputs, in shared memory.
  footprint: { columns: 2, run: { columns: 0 } },
  supports(kernel) {
    if (kernel.kind === 'wait')
      return {
        reason: 'threads that share memory block while they wait: worker-threads waits for many at once',
      };
    if (kernel.kind === 'map' && kernel.fresh) {
      return {
        reason:
          'a function that returns its own list cannot fill shared memory: write a kernel, ' +
          "defineKernel({ … make: () => ({ kind: 'map', list(xs, out) { … } }) })",
      };
    }
    return true;
  },
  async open(request) {
    const { kernel, split } = request;
    if (kernel.kind === 'wait')
      throw new TypeError('worker-threads-shared: threads that share memory cannot wait');
    // Nothing here looks into the plug-in but `split`, which the request has.
    const engine = plainEngine(kernel);
    const pool = await sharedPool({ ...request, engine });
    return sharedSession({ ...request, kernel, split, pool, rooms: new RoomKeeper(sharedRoom) });
  },
});
