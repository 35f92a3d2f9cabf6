import { type Dictionary, isLists, type Lists } from '../../contract/dictionary.js';
import { toForm } from '../../dictionary/columns.js';

/**
 * A few lists for one more call after the last sample: the first list of the user's data, and what the kernel calls
 * its edges. Numbers below 1,000, as they are generated, hide answers in float32 and products in 32 bits.
 */
export function smallInput(input: Dictionary, edges: readonly number[]): Dictionary {
  const lists: Lists = new Map();
  if (isLists(input)) {
    for (const [key, list] of input) {
      lists.set(key, list.slice());
      break;
    }
  } else if (input.keys.length > 0) {
    lists.set(input.keys[0], Array.from(input.values.subarray(input.offsets[0], input.offsets[1])));
  }
  edges.forEach((edge, index) => {
    // Every edge once in a block of vectors and once in the tail behind it, whatever the width.
    lists.set(`edge ${index + 1}`, new Array<number>(17).fill(edge));
  });
  return toForm(lists, isLists(input) ? 'lists' : 'columns');
}
