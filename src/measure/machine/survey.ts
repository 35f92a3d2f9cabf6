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
