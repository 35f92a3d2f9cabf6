/** Exit codes, one table for all commands. */
export enum ExitCode {
  fine = 0,
  /** A wrong answer, a crash, a regression. Skipped, not applicable and limits alone are fine. */
  foundSomethingBad = 1,
  /** Usage or bad input; a run that cannot fit in memory included. */
  badInput = 2,
  /** The machine is unfit to judge. */
  unfit = 3,
  /** Undecided, only with `--strict`. */
  undecided = 4,
  interrupted = 130,
}

const fromMildest: readonly ExitCode[] = [
  ExitCode.fine,
  ExitCode.undecided,
  ExitCode.unfit,
  ExitCode.foundSomethingBad,
  ExitCode.badInput,
  ExitCode.interrupted,
];

/** The code that says most where several things were done. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return fromMildest.findLast((code) => codes.includes(code)) ?? ExitCode.fine;
}

/** Errors by whose name the input is known to be at fault, wherever in the house they come from; YError is yargs'. */
const inputErrors = ['InputError', 'DataError', 'ResultsError', 'IncomparableError', 'YError'];

/** A run that could not go on: its message says what is kept, and a stack would only hide it. */
const runErrors = ['RunError'];

/** Said by the system of a file or folder that the user chose. */
const systemErrors = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EISDIR', 'ENOTDIR'];

export function exitCodeOf(cause: unknown): ExitCode {
  return isInputError(cause) ? ExitCode.badInput : ExitCode.foundSomethingBad;
}

/** What happened, in words; a stack only for what nobody foresaw. */
export function explain(cause: unknown): string {
  if (!(cause instanceof Error)) return `breakeven: ${String(cause)}`;
  if (isInputError(cause) || runErrors.includes(cause.name)) return `breakeven: ${cause.message}`;
  return `breakeven: unexpected: ${cause.stack ?? cause.message}`;
}

function isInputError(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return (
    inputErrors.includes(cause.name) || systemErrors.includes((cause as NodeJS.ErrnoException).code ?? '')
  );
}
