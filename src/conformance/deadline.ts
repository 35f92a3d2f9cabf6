import { isThenable } from '../measure/cell/clock.js';
import { ContractBroken, Hung } from './result.js';

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
  const said = cause instanceof Error ? cause.message : String(cause);
  return new ContractBroken(`${stage} failed: ${said}`, { cause });
}
