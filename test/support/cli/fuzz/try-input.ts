import { UserError } from '../../../../src/contract/errors.js';
import { mutated } from './mutations.js';
import { put, type Reader } from './readers.js';

export type Tried = {
  /** Milliseconds of processor time, of all threads. */
  readonly tookMs: number;
} & (
  | { readonly kind: 'accepted' | 'refused' }
  /** Neither a value nor a sentence for the user, or not in time. */
  | { readonly kind: 'violation'; readonly what: string }
);

/** One mutated input: a value or a UserError within the reader's time. */
export async function tryInput(reader: Reader, number: number): Promise<Tried> {
  put(reader, mutated(reader.seeds, number));
  const before = process.cpuUsage();
  let kind: 'accepted' | 'refused' = 'accepted';
  let what: string | undefined;
  try {
    await reader.read();
  } catch (cause) {
    kind = 'refused';
    if (!(cause instanceof UserError))
      what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    else if (!/^\S/.test(cause.message))
      what = `a message that says nothing: ${JSON.stringify(cause.message)}`;
  }
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1_000;
  if (what === undefined && tookMs > reader.mostMs) what = `it took ${tookMs.toFixed(0)} ms`;
  return what === undefined ? { kind, tookMs } : { kind: 'violation', what, tookMs };
}
