/**
 * A run that cannot go on although its input was right: the disk is full, its folder is gone, another run writes there.
 * The message says what is kept, and how to go on. By its name the command line knows it: exit code 1, no stack.
 */
export class RunError extends Error {
  override readonly name = 'RunError';
}
