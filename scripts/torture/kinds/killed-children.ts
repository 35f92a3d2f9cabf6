import type { Kind } from '../fault.js';
import type { Running } from '../run-command.js';
import { percent } from './signals.js';

/** A process that the command started is killed: by the out-of-memory killer, or by somebody. */
export const killedChildren: Kind = {
  name: 'killed children',
  weight: 6,
  draw(draw) {
    const at = draw.share();
    const which = draw.share();
    const times = draw.pick([1, 1, 1, 3]);
    return {
      title: `${times === 1 ? 'a process' : `${times} processes`} that it started killed from ${percent(at)} on`,
      command: draw.pick([
        'bench',
        'bench',
        'bench --kernel',
        'compare commits',
        'advise --kernel',
        'check',
        'doctor',
      ]),
      injections: [
        {
          at,
          act: async (run) => {
            for (let i = 0; i < times; i++) await killOne(run, which);
          },
        },
      ],
      // The crash of a cell is told as such; a helper that dies is no fault of a strategy.
      codes: [0, 1, 3, 4, 5],
      partial: true,
    };
  },
};

/** Waits for one: between two cells there is none. */
async function killOne(run: Running, which: number): Promise<void> {
  for (let tries = 0; tries < 100 && run.isRunning(); tries++) {
    const pids = run.descendants();
    if (pids.length > 0) {
      try {
        process.kill(pids[Math.floor(which * pids.length)], 'SIGKILL');
      } catch {
        // It ended by itself in this moment.
      }
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
