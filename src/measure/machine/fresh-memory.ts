import { fileURLToPath } from 'node:url';
import { runInPlace } from '../../process/in-place.js';
import type { HostRecord, MemoryRecord } from '../../results/format.js';
import { tokenSampling } from '../order.js';
import { availableBytes } from './cgroup.js';
import { type ReadText, systemFile } from './system-files.js';

const pageBytes = 4_096;
/** Long enough that a block is not one of those that the system has at hand. */
const blockBytes = (tokenSampling === undefined ? 16 : 1) * 2 ** 20;
const mostBlocks = tokenSampling === undefined ? 8 : 2;
/** Of each of the two looks: a slow host is known by fewer blocks. */
const mostMs = 100;
/** The process is ended after this: a machine that takes so long for 256 MB is no place to measure anything. */
const deadlineMs = 5_000;

/**
 * What new memory costs here, measured in a process of its own: pages that no program had before, and pages that this one
 * had, let go of in a collection, and asks for again. A loop that makes new answers pays the one or the other for each of
 * their pages, and machines that have one name differ in it by ten times. About 0.15 s. Undefined where memory is too
 * little to tell, or the machine refuses a process.
 */
export function measureMemory(freeBytes = availableBytes()): MemoryRecord | undefined {
  const blocks = Math.min(mostBlocks, Math.floor(freeBytes / 4 / blockBytes));
  if (blocks < 2) return undefined;
  const entry = fileURLToPath(new URL('./fresh-memory-main.js', import.meta.url));
  const end = runInPlace([process.execPath, '--expose-gc', entry, String(blocks)], { timeout: deadlineMs });
  if (end.kind !== 'exited' || end.code !== 0) return undefined;
  const { freshNs, againNs } = JSON.parse(end.stdout) as BlockPrices;
  return {
    lowNs: Math.min(...freshNs),
    highNs: Math.max(...freshNs),
    // The least: others on the machine only ever add to it, and two runs on one machine must find the same.
    againNs: Math.min(...againNs),
    givesBack: givesMemoryBack(),
  };
}

/** The machine with what new memory costs on it just now. */
export function withMemoryPrices(host: HostRecord): HostRecord {
  const memory = measureMemory();
  return memory === undefined ? host : { ...host, memory };
}

/** ns per page of 4 KiB, in each of several blocks. */
interface BlockPrices {
  readonly freshNs: readonly number[];
  readonly againNs: readonly number[];
}

/** Touches every page of so many blocks, lets a collection give them back, and does it again. */
export async function priceBlocks(blocks: number): Promise<BlockPrices> {
  const freshNs = touchBlocks(blocks);
  globalThis.gc?.();
  // Memory of arrays goes back to the system beside the thread that collects.
  await new Promise((resolve) => setTimeout(resolve, 10));
  return { freshNs, againNs: touchBlocks(blocks) };
}

function touchBlocks(blocks: number): number[] {
  // A block that is dropped would be handed out again, and not be fresh.
  const held: Uint8Array[] = [];
  const pricesNs: number[] = [];
  const began = performance.now();
  while (pricesNs.length < blocks && (pricesNs.length < 2 || performance.now() - began < mostMs)) {
    const block = new Uint8Array(blockBytes);
    held.push(block);
    const from = process.hrtime.bigint();
    for (let at = 0; at < blockBytes; at += pageBytes) block[at] = 1;
    pricesNs.push(Number(process.hrtime.bigint() - from) / (blockBytes / pageBytes));
  }
  return pricesNs;
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
