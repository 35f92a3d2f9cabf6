/** What a dictionary is asked to be held in. */
export interface Size {
  readonly keys: number;
  readonly length: number;
  readonly from: 'lists' | 'columns';
  /** Of the dictionary alone. */
  readonly bytes: number;
  readonly memoryBytes: number;
}

/** Why no process can hold a dictionary in one piece. */
export type Limit =
  | { readonly kind: 'memory'; readonly bytes: number }
  /** Lists live in V8's heap, which ends long before memory does unless it is told otherwise. */
  | { readonly kind: 'heap'; readonly bytes: number }
  | { readonly kind: 'map'; readonly most: number }
  | { readonly kind: 'list'; readonly most: number }
  | { readonly kind: 'offsets'; readonly most: number }
  /** A WebAssembly memory: such a strategy streams through a window. */
  | { readonly kind: 'wasm'; readonly bytes: number };

const mapEntries = 2 ** 24;
/** V8's default with 4 GB of memory or more. */
const heapBytes = 4 * 2 ** 30;
const listNumbers = 2 ** 27 - 3;
const offsets = 2 ** 32 - 1;
const wasmBytes = 4 * 2 ** 30;
/** The input, and the answers beside it. */
export const piecesHeld = 2;

/** What stands against holding it at once, the hardest first; empty where nothing does. */
export function limitsOf({ keys, length, from, bytes, memoryBytes }: Size): Limit[] {
  const held = piecesHeld * bytes;
  return [
    ...(held > memoryBytes ? [{ kind: 'memory' as const, bytes: held }] : []),
    ...(keys > mapEntries ? [{ kind: 'map' as const, most: mapEntries }] : []),
    ...(from === 'lists' && length > listNumbers ? [{ kind: 'list' as const, most: listNumbers }] : []),
    ...(from === 'columns' && keys * length > offsets ? [{ kind: 'offsets' as const, most: offsets }] : []),
    ...(from === 'lists' && held > heapBytes ? [{ kind: 'heap' as const, bytes: held }] : []),
    ...(held > wasmBytes ? [{ kind: 'wasm' as const, bytes: wasmBytes }] : []),
  ];
}

/** Keys of a shard whose working set takes a quarter of memory, or all of them; 0 where a single list is too large. */
export function keysPerShard({ keys, length, from, bytes, memoryBytes }: Size): number {
  const perKey = bytes / keys;
  const fit = Math.floor(memoryBytes / 4 / (piecesHeld * perKey));
  const byOffsets = from === 'columns' ? Math.floor(offsets / length) : mapEntries;
  return Math.min(keys, mapEntries, byOffsets, fit);
}
