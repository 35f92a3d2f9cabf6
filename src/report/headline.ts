import type { CellAnalysis } from '../analysis/types.js';
import { formatPoint } from './axes.js';
import { told } from './pointers/note.js';
import { formatCount } from './units.js';

export * from '../documents/lookup.js';

/** Where a cell lies, in words; without axes, as in a run on one file, the size of its data. */
export function placeOf(cell: CellAnalysis | undefined): string {
  if (cell === undefined) return 'an unknown point';
  if (Object.keys(cell.point).length > 0) return formatPoint(cell.point);
  return `${told(cell, 'keys', formatCount)} keys with ${told(cell, 'elements', formatCount)} numbers`;
}
