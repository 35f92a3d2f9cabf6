/** The user's input is at fault: what happened, where, and what to do next. The command line exits with 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
