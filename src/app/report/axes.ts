import type { Point } from '../../contract/scenario.js';
import { plainText, pointText } from '../../document/words.js';

export { varyingAxes } from '../../documents/points.js';

/* The words of src/document for what the command line says, which is plain strings. */

/** A point in a sentence, only with the given axes: "8 keys, lists of 1M". */
export function formatPoint(point: Point, axes?: readonly string[]): string {
  return plainText(pointText(point, axes));
}
