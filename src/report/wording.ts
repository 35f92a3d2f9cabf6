import type { Analysis } from '../analysis/types.js';
import { plainText } from '../document/words.js';
import { hostText } from '../documents/run-words.js';

/* The words of src/documents/run-words.ts for charts, which are still written as strings. */

export { accountLines } from '../documents/run-words.js';

/** Machine, cores, Node and rounds on one line. */
export function hostLine(analysis: Analysis): string {
  return plainText(hostText(analysis));
}
