import type { Dictionary } from '../../contract/dictionary.js';
import type { Agreement } from '../../contract/kernel.js';
import { checksum } from '../../dictionary/checksum.js';

/** Above this many numbers an answer is digested rather than copied. */
const keepUpTo = 2_000_000;

/** An answer as it was when it was handed over: a copy that the strategy cannot reach, or a digest. */
export type Frozen = Dictionary | Digest | undefined;

export interface Digest {
  readonly digest: string;
}

/**
 * A copy that the strategy cannot reach; a digest of what is large. What is no dictionary stays what it is, for the
 * comparison to name it.
 */
export function freeze(answer: Dictionary | undefined, agree: Agreement): Frozen {
  const limit = agree === 'exact' ? keepUpTo : Number.POSITIVE_INFINITY;
  if (answer instanceof Map) {
    let numbers = 0;
    for (const list of answer.values()) numbers += list?.length ?? 0;
    if (numbers > limit) return { digest: checksum(answer) };
    return new Map([...answer].map(([key, list]) => [key, Array.isArray(list) ? list.slice() : list]));
  }
  if (!(answer?.values instanceof Float64Array) || !(answer.offsets instanceof Uint32Array)) return answer;
  if (answer.values.length > limit) return { digest: checksum(answer) };
  return { keys: answer.keys, offsets: answer.offsets.slice(), values: answer.values.slice() };
}

/** The digests of what is expected and of an answer too large to keep, as a sentence where they differ. */
export function differenceOfDigests(expected: string, { digest }: Digest): string | undefined {
  return digest === expected
    ? undefined
    : 'some number, key or length differs (the answer was too large to keep, so only its digest is known)';
}

/** Is the answer still what it was? What is no dictionary cannot be digested, and is found wrong anyway. */
export function isStill(frozen: Frozen, answer: Dictionary): boolean {
  try {
    return digestOf(frozen) === digestOf(answer);
  } catch {
    return true;
  }
}

function digestOf(answer: Frozen): string {
  if (answer === undefined) return '';
  return isDigest(answer) ? answer.digest : checksum(answer);
}

export function isDigest(answer: unknown): answer is Digest {
  return typeof answer === 'object' && answer !== null && 'digest' in answer;
}
