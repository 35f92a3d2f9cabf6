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
export const heapBytes = 4 * 2 ** 30;
const listNumbers = 2 ** 27 - 3;
export const mostOffsets = 2 ** 32 - 1;
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
    ...(from === 'columns' && keys * length > mostOffsets
      ? [{ kind: 'offsets' as const, most: mostOffsets }]
      : []),
    ...(from === 'lists' && held > heapBytes ? [{ kind: 'heap' as const, bytes: held }] : []),
    ...(held > wasmBytes ? [{ kind: 'wasm' as const, bytes: wasmBytes }] : []),
  ];
}

/** How a dictionary is cut for processes that work on it side by side. */
export interface Cut {
  /** Keys of a shard, or all of them; 0 where a single list is too large. */
  readonly shardKeys: number;
  /** Processes whose shards are held at once. */
  readonly atOnce: number;
}

/**
 * So that a quarter of memory holds a shard with its answers for each of so many processes (another quarter those that are being
 * read meanwhile). Where lists are too long for that, shards of one list, and fewer processes at once.
 */
export function cutFor(processes: number, { keys, length, from, bytes, memoryBytes }: Size): Cut {
  const listsHeld = memoryBytes / 4 / (piecesHeld * (bytes / keys));
  if (listsHeld < 1) return { shardKeys: 0, atOnce: 0 };
  const byOffsets = from === 'columns' ? Math.floor(mostOffsets / length) : mapEntries;
  // With fewer lists than they could hold the processes share those that there are.
  const share = Math.max(1, Math.min(Math.floor(listsHeld / processes), Math.ceil(keys / processes)));
  const shardKeys = Math.min(mapEntries, byOffsets, share);
  if (shardKeys < 1) return { shardKeys: 0, atOnce: 0 };
  return {
    shardKeys,
    atOnce: Math.min(processes, Math.floor(listsHeld / share), Math.ceil(keys / shardKeys)),
  };
}
