import type { PathPart } from '../../contract/trace.js';

/** In the order of a call, what is left last. */
export const pathParts: readonly PathPart[] = [
  'start',
  'pack',
  'serialise',
  'transfer',
  'compute',
  'deserialise',
  'merge',
  'gc',
  'idle',
  'unexplained',
];

export function noParts(): Record<PathPart, number> {
  return Object.fromEntries(pathParts.map((part) => [part, 0])) as Record<PathPart, number>;
}
