import { InputError } from '../catalog/problem.js';

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

/** Errors by whose name the input is known to be at fault, wherever in the house they come from. */
const inputErrors = ['InputError', 'DataError', 'ResultsError', 'RangeError', 'YError'];

export function exitCodeOf(cause: unknown): ExitCode {
  return cause instanceof Error && inputErrors.includes(cause.name)
    ? ExitCode.badInput
    : ExitCode.foundSomethingBad;
}

/** What happened, in words; a stack only for what nobody foresaw. */
export function explain(cause: unknown): string {
  if (!(cause instanceof Error)) return `breakeven: ${String(cause)}`;
  if (inputErrors.includes(cause.name) || cause instanceof InputError) return `breakeven: ${cause.message}`;
  return `breakeven: unexpected: ${cause.stack ?? cause.message}`;
}
