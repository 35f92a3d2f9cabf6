import type { HostRecord } from '../../results/format.js';
import { processorTime, type ReadText, sharesBetween, systemFile } from './system-files.js';

/** What can be known of a machine before anything is measured; what its system does not tell is absent. */
export interface Survey {
  readonly host: HostRecord;
  readonly governor?: string;
  /** "performance", "balance_power", … where the processor chooses its own frequency. */
  readonly energyPreference?: string;
  readonly turbo?: boolean;
  /** Two threads share one core: two workers on them are not two cores. */
  readonly sharedCores?: boolean;
  /** "L1 data 32K". */
  readonly caches: readonly string[];
  readonly freeBytes: number;
  /** A virtual machine whose free pages go back to its host. */
  readonly givesMemoryBack: boolean;
  readonly swapTotalBytes?: number;
  readonly swapUsedBytes?: number;
  readonly load1?: number;
  readonly othersShare?: number;
  readonly stealShare?: number;
  readonly onBattery?: boolean;
}

const cpu0 = '/sys/devices/system/cpu/cpu0';

/** Shares are taken over the time that `wait` lasts, in which this process does nothing. */
export async function surveyMachine(
  host: HostRecord,
  freeBytes: number,
  wait: () => Promise<void>,
  read: ReadText = systemFile,
): Promise<Survey> {
  const before = processorTime(read);
  await wait();
  const after = processorTime(read);
  const load = Number.parseFloat(read('/proc/loadavg') ?? '');
  const siblings = read(`${cpu0}/topology/thread_siblings_list`);
  return {
    host,
    ...known('governor', read(`${cpu0}/cpufreq/scaling_governor`)),
    ...known('energyPreference', read(`${cpu0}/cpufreq/energy_performance_preference`)),
    ...known('turbo', turbo(read)),
    ...known('sharedCores', siblings === undefined ? undefined : /[,-]/.test(siblings)),
    caches: cachesOf(read),
    freeBytes,
    givesMemoryBack: givesMemoryBack(read),
    ...swap(read),
    ...known('load1', Number.isNaN(load) ? undefined : load),
    ...(before === undefined || after === undefined ? {} : sharesBetween(before, after)),
    ...known('onBattery', battery(read)),
  };
}

function cachesOf(read: ReadText): string[] {
  return [0, 1, 2, 3, 4].flatMap((index) => {
    const of = (name: string) => read(`${cpu0}/cache/index${index}/${name}`);
    const size = of('size');
    if (size === undefined) return [];
    const type = of('type')?.toLowerCase();
    return [`L${of('level')}${type === 'unified' || type === undefined ? '' : ` ${type}`} ${size}`];
  });
}

function turbo(read: ReadText): boolean | undefined {
  const off = read('/sys/devices/system/cpu/intel_pstate/no_turbo');
  if (off !== undefined) return off === '0';
  const boost = read('/sys/devices/system/cpu/cpufreq/boost');
  return boost === undefined ? undefined : boost === '1';
}

function battery(read: ReadText): boolean | undefined {
  const states = ['BAT0', 'BAT1'].map((name) => read(`/sys/class/power_supply/${name}/status`));
  if (states.every((state) => state === undefined)) return undefined;
  return states.includes('Discharging');
}

function swap(read: ReadText): Pick<Survey, 'swapTotalBytes' | 'swapUsedBytes'> {
  const kilobytes = (name: string) =>
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read('/proc/meminfo') ?? '')?.[1];
  const [total, free] = [kilobytes('SwapTotal'), kilobytes('SwapFree')];
  if (total === undefined || free === undefined) return {};
  return { swapTotalBytes: 1_024 * Number(total), swapUsedBytes: 1_024 * (Number(total) - Number(free)) };
}

function known<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, T>>);
}

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
