/** A program did not keep the protocol, or failed: which one, at which message, and what it did. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
