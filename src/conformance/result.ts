import { isThenable } from '../measure/cell/timed-session.js';
import { messageOf } from '../plugins/module.js';

/** What came of one contract-test case. `case` says, with strategy or kernel and form, what was tried. */
export type CaseResult =
  | { readonly case: string; readonly status: 'passed' }
  /** `problem`: what is wrong, where, and what to do about it. `hung`: a call never ended, so nothing more is tried. */
  | { readonly case: string; readonly status: 'failed'; readonly problem: string; readonly hung: boolean }
  | { readonly case: string; readonly status: 'skipped'; readonly reason: string };

/** A case has failed: the sentence that says so. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/** A call that does not end: nothing that comes after it can be tried. */
class Hung extends ContractBroken {}

/** Runs one case to its result. */
export async function resultOf(name: string, run: () => Promise<void>): Promise<CaseResult> {
  try {
    await run();
    return { case: name, status: 'passed' };
  } catch (cause) {
    return { case: name, status: 'failed', problem: problemOf(cause), hung: cause instanceof Hung };
  }
}

function problemOf(cause: unknown): string {
  if (cause instanceof ContractBroken) return cause.message;
  return cause instanceof Error ? `it threw ${cause.name}: ${cause.message}` : `it threw ${String(cause)}`;
}

/**
 * Makes one call of a strategy and waits for it, at most `deadlineMs`. `take` gets the value in the very turn in which
 * it is there: an answer that is filled by a callback nobody waited for is still incomplete then.
 */
export async function within<T, U = T>(
  deadlineMs: number,
  stage: string,
  call: () => T | PromiseLike<T>,
  take: (value: T) => U = (value) => value as unknown as U,
): Promise<U> {
  const value = attempt(stage, call);
  if (!isThenable(value)) return take(value);
  let timer: NodeJS.Timeout | undefined;
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new Hung(
          `${stage} did not resolve within ${deadlineMs / 1_000} s: every promise must settle, also when a worker dies`,
        ),
      );
    }, deadlineMs);
  });
  const answered = Promise.resolve(value).then(take, (cause: unknown) => {
    throw rejected(stage, cause);
  });
  try {
    return await Promise.race([answered, hung]);
  } finally {
    clearTimeout(timer);
  }
}

function attempt<T>(stage: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw rejected(stage, cause);
  }
}

function rejected(stage: string, cause: unknown): Error {
  const said = messageOf(cause);
  return new ContractBroken(`${stage} failed: ${said}`, { cause });
}
