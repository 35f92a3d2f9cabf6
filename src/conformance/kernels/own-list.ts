import type { List } from '../../contract/kernel.js';

/** A plain function as users write it: short lists are nothing to change, and are handed back as they are. */
export default function smooth(list: List): List {
  if (list.length < 3) return list;
  return Array.from(list, (x, i) => (x + list[Math.max(0, i - 1)]) / 2);
}
