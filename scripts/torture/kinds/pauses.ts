import type { Kind } from '../fault.js';
import { calm } from '../fault.js';
import { percent } from './signals.js';

/** The whole command stands still for some seconds: a laptop that sleeps, `docker pause`. */
export const pauses: Kind = {
  name: 'pauses',
  weight: 2,
  draw(draw) {
    const at = draw.share();
    const pausedMs = draw.integer(1_000, 6_500);
    const driverOnly = draw.chance(0.3);
    return {
      title: `${driverOnly ? 'the driver' : 'all of it'} paused for ${pausedMs} ms at ${percent(at)}`,
      command: draw.pick(['bench', 'bench --kernel', 'check', 'report', 'doctor']),
      injections: [
        {
          at,
          act: async (run) => {
            const pids = driverOnly ? [] : run.descendants();
            run.signal('SIGSTOP');
            signalAll(pids, 'SIGSTOP');
            await new Promise((resolve) => setTimeout(resolve, pausedMs));
            signalAll(pids, 'SIGCONT');
            run.signal('SIGCONT');
          },
        },
      ],
      codes: calm,
    };
  },
};

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended by itself in this moment.
    }
  }
}
