import { ExitCode, UserError } from '../contract/errors.js';

export { ExitCode };

const fromMildest: readonly ExitCode[] = [
  ExitCode.fine,
  ExitCode.undecided,
  ExitCode.unfit,
  ExitCode.foundSomethingBad,
  ExitCode.badInput,
  ExitCode.notCarriedOut,
  ExitCode.interrupted,
];

/** The code that says most where several things were done. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return fromMildest.findLast((code) => codes.includes(code)) ?? ExitCode.fine;
}

/** What the system's codes mean, and what helps. */
const remedies: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOSPC: 'The disk is full. Make room, or name another folder: --out, and TMPDIR for what is temporary.',
    EDQUOT: 'Your disk quota is used up. Make room, or name another folder with --out.',
    EMFILE: 'This process may open no more files. Raise the limit (ulimit -n) and try again.',
    ENFILE: 'The machine has too many files open. End other programs and try again.',
    ENOMEM: 'The machine refuses more memory. End other programs, or measure less data.',
    EAGAIN:
      'The machine refuses another process or thread. Raise its limit (ulimit -u, or pids of the container).',
    EROFS: 'That file system is read-only. Name another folder with --out.',
    EACCES: 'That file or folder is not yours. Name another with --out.',
    EPERM: 'That file or folder may not be changed. Name another with --out.',
    ENOENT:
      'That file or folder is gone, or TMPDIR names a folder that does not exist. Put it back, or set TMPDIR to one that is there, and try again.',
  }),
);

export function exitCodeOf(cause: unknown): ExitCode {
  if (cause instanceof UserError) return cause.exitCode;
  return isComplaintOfParser(cause) ? ExitCode.badInput : ExitCode.notCarriedOut;
}

/** What happened, in words; a stack only for what nobody foresaw. */
export function explain(cause: unknown): string {
  if (!(cause instanceof Error)) return `breakeven: ${String(cause)}`;
  if (cause instanceof UserError || isComplaintOfParser(cause))
    return `breakeven: ${withRemedy(cause.message)}`;
  const { code, syscall } = cause as NodeJS.ErrnoException;
  if (code !== undefined && syscall !== undefined)
    return `breakeven: the system refused: ${cause.message}. ${remedies.get(code) ?? 'See what it names, and try again.'}`;
  return `breakeven: unexpected: ${cause.stack ?? cause.message}`;
}

/** A message that ends with what the system said says nothing that helps: whoever wrote it, the fix is added here. */
function withRemedy(message: string): string {
  const code = /\b(E[A-Z]{3,})\b(?!.*[.?] [A-Z`])/s.exec(message)?.[1] ?? '';
  const remedy = remedies.get(code);
  return remedy === undefined ? message : `${message.replace(/\.$/, '')}. ${remedy}`;
}

/** Of yargs, about words that it does not take. */
function isComplaintOfParser(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'YError';
}
