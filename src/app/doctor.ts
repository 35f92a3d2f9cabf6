import { setTimeout as sleep } from 'node:timers/promises';
import { formatBytes, formatNs, formatPercent } from '../document/units.js';
import type { FoundFolder } from '../files/owned-folder.js';
import { readHost } from '../measure/host.js';
import { availableBytes } from '../measure/machine/cgroup.js';
import { measureMemory } from '../measure/machine/fresh-memory.js';
import { measureNoise, type NoiseFloor } from '../measure/machine/spin.js';
import { type Survey, surveyMachine } from '../measure/machine/survey.js';
import type { MemoryRecord } from '../results/format.js';
import { findTemporaryFolders } from './temporary-folder.js';

/** One thing about the machine: what it is, and what to change before numbers from it are trusted. */
export interface Symptom {
  readonly what: string;
  readonly seen: string;
  readonly advice?: string;
  /** So bad that nothing measured here would mean anything. */
  readonly unfit?: true;
}

const unknown = 'not known here';

/** Looks at the machine, for about 3 s. */
export async function examineMachine(): Promise<Symptom[]> {
  // The load that this process makes by starting must not be taken for that of others.
  const freeBytes = availableBytes();
  const survey = await surveyMachine(readHost(), freeBytes, () => sleep(1_000));
  return [
    ...diagnose(survey, measureNoise(), measureMemory(freeBytes)),
    ...leftOvers(findTemporaryFolders(), new Date()),
  ];
}

/** What is said of a machine, in order. Pure: tests give it machines that nobody has. */
export function diagnose(survey: Survey, noise: NoiseFloor, fresh: MemoryRecord | undefined): Symptom[] {
  const { host } = survey;
  return [
    { what: 'processor', seen: `${host.cpu}, ${host.arch}; ${host.os}; Node ${host.node}` },
    cores(survey),
    sharedCores(survey),
    { what: 'caches', seen: survey.caches.join(', ') || unknown },
    governor(survey),
    turbo(survey),
    power(survey),
    memory(survey),
    freshMemory(fresh),
    swap(survey),
    clock(survey),
    load(survey),
    others(survey),
    steal(survey),
    noiseFloor(noise),
  ];
}

/** `advice`: where something could be better; undefined where it could not. `isUnfit`: nothing measured would mean anything. */
function symptom(what: string, seen: string | undefined, advice?: string | false, isUnfit = false): Symptom {
  if (seen === undefined) return { what, seen: unknown };
  return { what, seen, ...(advice ? { advice } : {}), ...(isUnfit ? { unfit: true } : {}) };
}

function cores({ host: { cores, usableCores } }: Survey): Symptom {
  const whole = Math.abs(usableCores - Math.round(usableCores)) < 0.05;
  const advice = whole
    ? 'affinity or a quota keeps the rest away: crossovers are those of a smaller machine'
    : 'a quota of parts of a core stops all threads for parts of each 100 ms: give it whole cores';
  return symptom('cores', `${usableCores.toFixed(1)} usable of ${cores}`, usableCores < cores && advice);
}

function sharedCores({ sharedCores: shared }: Survey): Symptom {
  const seen = shared === undefined ? undefined : shared ? 'two (hyper-threading)' : 'one';
  const advice = 'two workers may share one core: speed-ups are below those of whole cores';
  return symptom('threads per core', seen, shared && advice);
}

function governor({ governor: name, energyPreference }: Survey): Symptom {
  const seen = name && energyPreference ? `${name} (${energyPreference})` : name;
  return symptom('governor', seen, name !== 'performance' && 'sudo cpupower frequency-set -g performance');
}

function turbo({ turbo: on }: Survey): Symptom {
  const seen = on === undefined ? undefined : on ? 'on' : 'off';
  const advice = 'one busy core is clocked higher than several: turn it off to compare cores fairly';
  return symptom('turbo', seen, on && advice);
}

function power({ onBattery }: Survey): Symptom {
  const seen = onBattery === undefined ? undefined : onBattery ? 'battery' : 'plugged in';
  return symptom('power', seen, onBattery && 'plug it in');
}

function memory({ host, freeBytes }: Survey): Symptom {
  const seen = `${formatBytes(freeBytes)} free of ${formatBytes(host.memoryBytes)}`;
  return symptom('memory', seen, freeBytes < 2 ** 30 && 'close programs: most scenarios need 1 GB');
}

/** Beyond this, new memory for answers costs more than moving them (512 numbers are a page). */
const expensivePageNs = 2_000;

function freshMemory(fresh: MemoryRecord | undefined): Symptom {
  if (fresh === undefined) return symptom('fresh memory', undefined);
  const { lowNs, highNs, againNs, givesBack } = fresh;
  const seen = `${formatNs(lowNs, 2)} to ${formatNs(highNs, 2)} for the first touch of a page, ${formatNs(againNs, 2)} after a collection${givesBack ? '; free pages go back to the host' : ''}`;
  const advice = `answers in new memory pay up to ${formatNs(highNs / 512, 2)} per number for it, not always the same: use more rounds, or compare data in place`;
  return symptom('fresh memory', seen, highNs >= expensivePageNs && advice);
}

function swap({ swapTotalBytes, swapUsedBytes = 0 }: Survey): Symptom {
  if (!swapTotalBytes) return symptom('swap', swapTotalBytes === undefined ? undefined : 'none');
  const seen = `${formatBytes(swapUsedBytes)} used of ${formatBytes(swapTotalBytes)}`;
  const advice = 'memory was short: close programs, then sudo swapoff -a';
  return symptom('swap', seen, swapUsedBytes >= swapTotalBytes / 20 && advice);
}

function clock({ host: { clockStepNs } }: Survey): Symptom {
  const advice = `times below ${((25 * clockStepNs) / 1_000).toFixed(0)} µs cannot be read`;
  return symptom('clock', `steps of ${clockStepNs} ns`, clockStepNs > 1_000 && advice);
}

function load({ load1, host: { usableCores } }: Survey): Symptom {
  if (load1 === undefined) return symptom('load', undefined);
  const advice = 'let what runs finish, then look again';
  return symptom('load', `${load1.toFixed(2)} in the last minute`, load1 >= 0.3 * usableCores && advice);
}

function others({ othersShare: share }: Survey): Symptom {
  if (share === undefined) return symptom('other programs', undefined);
  const seen = `${formatPercent(share)} of the processor time in the last second`;
  return symptom('other programs', seen, share >= 0.1 && 'close them', share >= 0.5);
}

function steal({ stealShare: share }: Survey): Symptom {
  if (share === undefined) return symptom('steal', undefined);
  const seen = `${formatPercent(share)} went to other virtual machines`;
  const advice = 'use a machine with processors of its own, or a quieter time';
  return symptom('steal', seen, share >= 0.02 && advice, share >= 0.2);
}

function noiseFloor({ processes, medianMs, deviation, range }: NoiseFloor): Symptom {
  const seen = `${formatPercent(deviation)} (median deviation; range ${formatPercent(range)}) of ${processes} × ${medianMs.toFixed(0)} ms of equal work in fresh processes`;
  const advice = `differences below ${formatPercent(Math.max(2 * deviation, range / 4))} are lost here: find what disturbs it, or use more rounds`;
  return symptom('noise floor', seen, (deviation >= 0.02 || range >= 0.2) && advice, deviation >= 0.1);
}

const oldMs = 86_400_000;

/**
 * Temporary folders of ours that are a day old and whose run nobody here can tell of: it was in another container, on
 * another machine, or before the last start of this one. They are never removed unasked. No line where there is none.
 */
export function leftOvers(folders: readonly FoundFolder[], now: Date): Symptom[] {
  const old = folders.filter(
    ({ owner, createdAt }) => owner === 'unknown' && now.getTime() - Date.parse(createdAt) > oldMs,
  );
  if (old.length === 0) return [];
  const paths = old.map(({ path }) => path);
  return [
    {
      what: 'left-overs',
      seen: `${old.length === 1 ? 'a folder' : `${old.length} folders`} of earlier runs: ${paths.join(', ')}`,
      advice: 'if no other container or machine is measuring with them, remove them',
    },
  ];
}
