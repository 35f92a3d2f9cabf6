import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';

/* The one place that knows the package which checks what comes from outside. */
export { v };

/** A type that a schema gives, with nothing in it that may be changed. */
export type DeepReadonly<T> = T extends readonly unknown[] | object
  ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
  : T;

/** The first thing that is wrong, as "field: what was expected"; undefined where nothing is. */
export function problemOf(result: {
  issues?: readonly v.BaseIssue<unknown>[] | undefined;
}): string | undefined {
  const issue = result.issues?.[0];
  if (issue === undefined) return undefined;
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `${path}: ${issue.message}`;
}

/** Whether a file would hold the same for both. It knows no undefined fields: both go the same way through JSON. */
export function isSameInFile(a: unknown, b: unknown): boolean {
  const [one, other] = [a, b].map((value) =>
    value === undefined ? undefined : JSON.parse(JSON.stringify(value)),
  );
  return isDeepStrictEqual(one, other);
}
