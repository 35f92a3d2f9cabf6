import { type ReadText, systemFile } from './system-files.js';

/** What the first touch of memory costs that no program had before: every answer in new memory pays it. */
export interface FreshMemory {
  /** ns per page of 4 KiB, in the cheapest and the dearest of several blocks. */
  readonly lowNs: number;
  readonly highNs: number;
}

const pageBytes = 4_096;
/** Long enough that a block is not one of those that the system has at hand. */
const blockBytes = 16 * 2 ** 20;
const mostBlocks = 16;

/** Touches every page of 256 MB once, or of a quarter of what is free; undefined where that is too little to tell. */
export function measureFreshMemory(freeBytes: number): FreshMemory | undefined {
  const blocks = Math.min(mostBlocks, Math.floor(freeBytes / 4 / blockBytes));
  if (blocks < 2) return undefined;
  const held: Uint8Array[] = [];
  const pricesNs = Array.from({ length: blocks }, () => {
    const block = new Uint8Array(blockBytes);
    // A block that is dropped would be handed out again, and not be fresh.
    held.push(block);
    const from = process.hrtime.bigint();
    for (let at = 0; at < blockBytes; at += pageBytes) block[at] = 1;
    return Number(process.hrtime.bigint() - from) / (blockBytes / pageBytes);
  });
  return { lowNs: Math.min(...pricesNs), highNs: Math.max(...pricesNs) };
}

const devices = '/sys/bus/virtio/devices';
const balloon = 5;
const reportsFreePages = 5;

/**
 * Whether a virtual machine gives the pages that its programs free back to the host, which has to find others when they
 * are asked for again (device and feature 5 of the virtio standard, "memory balloon", VIRTIO_BALLOON_F_PAGE_REPORTING).
 */
export function givesMemoryBack(read: ReadText = systemFile): boolean {
  return Array.from({ length: 16 }, (_, i) => `${devices}/virtio${i}`).some(
    (device) =>
      Number(read(`${device}/device`)) === balloon && read(`${device}/features`)?.[reportsFreePages] === '1',
  );
}
