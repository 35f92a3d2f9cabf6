import type { CellAnalysis } from '../analysis/types.js';
import { plainText } from '../document/words.js';
import { placeText } from '../documents/run-words.js';

export * from '../documents/lookup.js';

/** Where a cell lies, in words; without axes, as in a run on one file, the size of its data. */
export function placeOf(cell: CellAnalysis | undefined): string {
  return plainText(placeText(cell));
}
