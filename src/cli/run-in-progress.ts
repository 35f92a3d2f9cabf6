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
export function describeRunInProgress(): string | undefined {
  return kept === undefined ? undefined : `What was measured is kept. Go on: ${kept}`;
}
