/** Exit codes, one table for all commands. */
export enum ExitCode {
  fine = 0,
  /** A wrong answer, a crash, a regression. Skipped, not applicable and limits are fine where anything was measured. */
  foundSomethingBad = 1,
  /** Usage or bad input. A run that cannot fit in memory included. */
  badInput = 2,
  /** The machine is unfit to judge, or nothing could be measured, compared or checked at all. */
  unfit = 3,
  /** Undecided, only with `--strict`. */
  undecided = 4,
  /** The command could not be carried out: a full disk, a folder that is gone, too many open files. */
  notCarriedOut = 5,
  interrupted = 130,
}

/** An error whose message says what happened, where, and what to do next. It needs no stack, and ends the command with its code. */
export abstract class UserError extends Error {
  abstract readonly exitCode: ExitCode;
}

/** The user's input is at fault. */
export class InputError extends UserError {
  override readonly name: string = 'InputError';
  readonly exitCode = ExitCode.badInput;
}

/** The input was right, and the work could not be done: the disk is full, a folder is gone, another run writes there. */
export class RunError extends UserError {
  override readonly name: string = 'RunError';
  readonly exitCode = ExitCode.notCarriedOut;
}
