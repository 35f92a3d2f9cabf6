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
export class Hung extends ContractBroken {}

/** Runs one case to its result. */
export async function resultOf(name: string, run: () => Promise<void>): Promise<CaseResult> {
  try {
    await run();
    return { case: name, status: 'passed' };
  } catch (cause) {
    return { case: name, status: 'failed', problem: problemOf(cause), hung: cause instanceof Hung };
  }
}

export function problemOf(cause: unknown): string {
  if (cause instanceof ContractBroken) return cause.message;
  return cause instanceof Error ? `it threw ${cause.name}: ${cause.message}` : `it threw ${String(cause)}`;
}
