import type { CellRecord } from '../../results/format.js';
import { leastRounds } from '../estimate.js';
import { median } from '../round-logs.js';
import { concerning, type Doubt, type Evidence, type FindingId, wholeRun } from './finding.js';

/**
 * Cores that others may take before a word, and before the run decides nothing. In cores, not as a share of the machine:
 * a pool needs every core that it has workers for, and on two of them a run beside six tenths of a core reversed the
 * answer while its share, 29 %, looked harmless.
 */
const others = { much: 0.15, tooMuch: 0.3 };
const steal = { much: 0.02, tooMuch: 0.2 };
/** The same work may take so much longer in the slowest round than in the fastest. */
const mostClockDrift = 1.08;
/** Peak over what was free before the cell. */
const mostOfFree = 0.8;

/** Ids of the blockers that lie in the machine: `bench` ends with "unfit" where one is found. */
export const unfitIds: readonly FindingId[] = ['busy-machine', 'stolen-time'];

export const busyMachine: Doubt = (evidence) => {
  const share = meanShare(evidence, 'othersShare');
  if (share === undefined) return highLoad(evidence);
  const cores = share * evidence.table.header.host.cores;
  if (cores < others.much) return [];
  return [
    {
      id: 'busy-machine',
      severity: blocks(evidence, cores >= others.tooMuch),
      ...wholeRun,
      facts: { kind: 'share', share },
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
      ...wholeRun,
      facts: { kind: 'load', load },
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
      ...wholeRun,
      facts: { share },
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
      ...wholeRun,
      facts: { longer: drift - 1 },
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
      ...wholeRun,
      facts: { uneven },
    },
  ];
};

export const memoryNearLimit: Doubt = ({ table }) => {
  const near = table.records.filter((record) => peakOf(record) > mostOfFree * freeOf(record));
  if (near.length === 0) return [];
  const labels = new Map(table.header.cells.map(({ id, strategy }) => [id, strategy]));
  return [
    {
      id: 'memory-near-limit',
      severity: 'warning',
      ...concerning(near.map(({ cell }) => ({ cell, strategy: labels.get(cell) ?? cell }))),
      facts: { above: mostOfFree },
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
