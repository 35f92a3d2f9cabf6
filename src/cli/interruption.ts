import { ExitCode } from './exit.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `npm run` hands on a Ctrl-C that the terminal has sent to everybody already: within this it is the same one. */
const sameMs = 500;

/** What Ctrl-C means: before anything is measured the end; then the wish for an end with what there is. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** From here on there is something to lose. */
  nowMeasuring(): void;
  /** There is nothing to lose any more. */
  keepNothing(): void;
  dispose(): void;
}

/**
 * Listens for Ctrl-C, SIGTERM and a terminal that closes. Once a run is measuring, the first one aborts `signal`, and
 * a second one ends the process at once, its children with it.
 */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let measuring = false;
  let firstMs = 0;
  const onSignal = () => {
    const again = controller.signal.aborted && performance.now() - firstMs > sameMs;
    if (!measuring || again) process.exit(ExitCode.interrupted);
    if (controller.signal.aborted) return;
    firstMs = performance.now();
    controller.abort();
  };
  for (const each of signals) {
    process.on(each, onSignal);
    process.off(each, atRest);
  }
  return {
    signal: controller.signal,
    nowMeasuring: () => {
      measuring = true;
    },
    keepNothing: () => {
      measuring = false;
    },
    dispose: () => {
      for (const each of signals) {
        // Before: without any listener the system itself would end the process, in the middle of clearing up.
        if (!process.listeners(each).includes(atRest)) process.on(each, atRest);
        process.off(each, onSignal);
      }
    },
  };
}

let atRest = (): void => process.exit(ExitCode.interrupted);

/** What listens where no command does: the program has it in place before anything is loaded. */
export function endSoWhenAtRest(listener: () => void): void {
  atRest = listener;
}
