import { writeSync } from 'node:fs';
import { ExitCode } from '../contract/errors.js';
import { explain } from './exit.js';

/**
 * No way out of this process without a code that was set on purpose and a word why: whoever calls it from a gate takes
 * 0 for "looked, and found nothing". Returns the call that says that the command has settled.
 */
export function watchForTheEnd(): (code: ExitCode) => void {
  process.exitCode = ExitCode.foundSomethingBad;
  let settled = false;
  const give = (sentence: string) => {
    settled = true;
    say([sentence, describeRunInProgress()].filter((each) => each !== undefined).join('\n'));
    process.exitCode = ExitCode.notCarriedOut;
  };
  // Nothing is left to wait for: what the command waits for can never come.
  process.on('beforeExit', () => {
    if (!settled)
      give(
        'breakeven: the command ended before it was done: what it waited for never came. Please report this.',
      );
  });
  // Somebody called process.exit, with whatever code.
  process.on('exit', (code) => {
    if (!settled && code !== ExitCode.interrupted)
      give(
        'breakeven: the command was ended from within before it was done: does a module of yours call process.exit?',
      );
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (cause: unknown) => {
      // After the command: a timer of somebody's own module. It has its code.
      if (!settled) give(explain(cause));
      process.exit();
    });
  }
  return (code) => {
    settled = true;
    process.exitCode = code;
  };
}

/** At once: the process may be about to end. A stderr that takes nothing costs the sentence alone. */
function say(text: string): void {
  try {
    writeSync(2, `${text}\n`);
  } catch {
    // Closed, or on a full disk.
  }
}

/*
 * What a run that is being measured leaves, should this process end in a way that nobody foresaw.
 */
let kept: string | undefined;

/** `command`: the whole command line that goes on with the run. Returns the call to make when it has ended. */
export function noteRunInProgress(command: string): () => void {
  kept = command;
  return () => {
    if (kept === command) kept = undefined;
  };
}

/** A sentence that says what is kept and how to go on; undefined where nothing is being measured. */
function describeRunInProgress(): string | undefined {
  return kept === undefined ? undefined : `What was measured is kept. Go on: ${kept}`;
}
