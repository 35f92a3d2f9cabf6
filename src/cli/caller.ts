import type { Caller } from '../app/caller.js';
import { listenForInterruption } from './interruption.js';
import { noteRunInProgress } from './last-words.js';
import { Progress } from './progress.js';
import { note } from './terminal.js';

/** Has a command carried out for whoever sits at the terminal: Ctrl-C ends it, and the lines on the way are shown. */
export async function callFromTerminal<Result>(work: (caller: Caller) => Promise<Result>): Promise<Result> {
  const interruption = listenForInterruption();
  let endRun = () => {};
  const endMeasuring = () => {
    interruption.keepNothing();
    endRun();
  };
  try {
    return await work({
      signal: interruption.signal,
      note,
      beginMeasuring: (goOn) => {
        interruption.nowMeasuring();
        endRun();
        endRun = goOn === undefined ? () => {} : noteRunInProgress(goOn);
      },
      endMeasuring,
      watch: (plan, nameOf) => new Progress(plan, nameOf),
    });
  } finally {
    endMeasuring();
    interruption.dispose();
  }
}
