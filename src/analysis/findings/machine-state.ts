import type { CellRecord } from '../../results/format.js';
import { leastRounds } from '../estimate.js';
import { median } from '../round-logs.js';
import { type Doubt, type Evidence, percent, plural } from './finding.js';

/** Of all processors' time: what others may take before a word, and before the run decides nothing. */
const others = { much: 0.1, tooMuch: 0.5 };
const steal = { much: 0.02, tooMuch: 0.2 };
/** The same work may take so much longer in the slowest round than in the fastest. */
const mostClockDrift = 1.08;
/** Peak over what was free before the cell. */
const mostOfFree = 0.8;

/** Ids of the blockers that lie in the machine: `bench` ends with "unfit" where one is found. */
export const unfitIds: readonly string[] = ['busy-machine', 'stolen-time'];

export const busyMachine: Doubt = (evidence) => {
  const share = meanShare(evidence, 'othersShare');
  if (share === undefined) return highLoad(evidence);
  if (share < others.much) return [];
  return [
    {
      id: 'busy-machine',
      severity: blocks(evidence, share >= others.tooMuch),
      sentence: `While the cells ran, other programs took ${percent(share)} of this machine's processor time.`,
      advice: 'Close them, or use a machine that does nothing else, and measure again.',
    },
  ];
};

/** Without the system's account of processor time there is only the load, which the cells' own workers raise too. */
function highLoad({ table }: Evidence): ReturnType<Doubt> {
  const loads = table.records.flatMap(({ machine }) => machine?.load1 ?? []);
  const { usableCores } = table.header.host;
  const load = median(loads);
  if (!(load > 2 * usableCores)) return [];
  return [
    {
      id: 'busy-machine',
      severity: 'warning',
      sentence: `The load was ${load.toFixed(1)} on ${usableCores} usable cores.`,
      advice: 'Close other programs and measure again.',
    },
  ];
}

export const stolenTime: Doubt = (evidence) => {
  const share = meanShare(evidence, 'stealShare');
  if (share === undefined || share < steal.much) return [];
  return [
    {
      id: 'stolen-time',
      severity: blocks(evidence, share >= steal.tooMuch),
      sentence: `The hypervisor gave ${percent(share)} of this virtual machine's processor time to others (steal).`,
      advice: 'Use a machine with processors of its own, or measure at a quieter time.',
    },
  ];
};

/** The same work between cells, by round: what changes it is the processor's clock (heat, battery, a governor). */
export const throttledClock: Doubt = ({ table }) => {
  const rounds = new Map<number, number[]>();
  for (const { round, machine } of table.records) {
    if (machine !== undefined) rounds.set(round, [...(rounds.get(round) ?? []), machine.spinNs]);
  }
  const spins = [...rounds.values()].map(median);
  const drift = Math.max(...spins) / Math.min(...spins);
  if (spins.length < leastRounds || drift <= mostClockDrift) return [];
  return [
    {
      id: 'throttled-clock',
      severity: 'warning',
      sentence: `A fixed piece of work between the cells took ${percent(drift - 1)} longer in the slowest round than in the fastest: the processor's clock changed.`,
      advice:
        'Plug in, let it cool, set the governor to "performance" and turbo off, then measure again. Ratios within a round hardly suffer; times do.',
    },
  ];
};

export const quotaBelowCores: Doubt = ({ table }) => {
  const { cores, usableCores } = table.header.host;
  if (usableCores >= cores) return [];
  const uneven = Math.abs(usableCores - Math.round(usableCores)) > 0.05;
  return [
    {
      id: 'quota-below-cores',
      severity: uneven ? 'warning' : 'note',
      sentence: `This machine has ${cores} cores, of which the run could use ${usableCores} (affinity or quota).`,
      advice: uneven
        ? 'A quota stops all threads for parts of each 100 ms: samples are longer than the work. Give it whole cores.'
        : 'The answer holds for so many cores; others would move the crossovers.',
    },
  ];
};

export const memoryNearLimit: Doubt = ({ table }) => {
  const near = table.records.filter((record) => peakOf(record) > mostOfFree * freeOf(record));
  if (near.length === 0) return [];
  const cells = new Set(near.map(({ cell }) => cell));
  return [
    {
      id: 'memory-near-limit',
      severity: 'warning',
      sentence: `${plural(cells.size, 'cell')} used more than ${percent(mostOfFree)} of the memory that was free.`,
      advice: 'Swapping or a collector in need may be in the times. Free memory, or measure smaller data.',
    },
  ];
};

function peakOf({ outcome }: CellRecord): number {
  return outcome.status === 'measured' ? outcome.peakBytes : 0;
}

function freeOf({ machine }: CellRecord): number {
  return machine?.freeBytes ?? Number.POSITIVE_INFINITY;
}

/** Weighted by how long each cell ran: short cells have few ticks to count. */
function meanShare({ table }: Evidence, field: 'othersShare' | 'stealShare'): number | undefined {
  let [sum, weight] = [0, 0];
  for (const { machine, elapsedMs } of table.records) {
    const share = machine?.[field];
    if (share === undefined) continue;
    sum += share * elapsedMs;
    weight += elapsedMs;
  }
  return weight === 0 ? undefined : sum / weight;
}

/** A quick run, or one of too few rounds, decides nothing anyway: there it is only a warning. */
function blocks({ table: { header } }: Evidence, tooMuch: boolean): 'blocker' | 'warning' {
  return tooMuch && !header.quick && header.rounds >= leastRounds ? 'blocker' : 'warning';
}
