import type { FoundFolder } from '../files/owned-folder.js';
import type { NoiseFloor } from '../measure/machine/spin.js';
import type { FreshMemory, Survey } from '../measure/machine/survey.js';
import { formatBytes, formatNs } from '../report/units.js';

/** One thing about the machine: what it is, and what to change before numbers from it are trusted. */
export interface Symptom {
  readonly what: string;
  readonly seen: string;
  readonly advice?: string;
  /** So bad that nothing measured here would mean anything. */
  readonly unfit?: true;
}

const unknown = 'not known here';

/** Each line of `doctor`, in order. Pure: tests give it machines that nobody has. */
export function diagnose(survey: Survey, noise: NoiseFloor, fresh: FreshMemory | undefined): Symptom[] {
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
    freshMemory(survey, fresh),
    swap(survey),
    clock(survey),
    load(survey),
    others(survey),
    steal(survey),
    noiseFloor(noise),
  ];
}

function cores({ host: { cores, usableCores } }: Survey): Symptom {
  const seen = `${usableCores.toFixed(1)} usable of ${cores}`;
  if (usableCores >= cores) return { what: 'cores', seen };
  const whole = Math.abs(usableCores - Math.round(usableCores)) < 0.05;
  const advice = whole
    ? 'affinity or a quota keeps the rest away: crossovers are those of a smaller machine'
    : 'a quota of parts of a core stops all threads for parts of each 100 ms: give it whole cores';
  return { what: 'cores', seen, advice };
}

function sharedCores({ sharedCores: shared }: Survey): Symptom {
  const what = 'threads per core';
  if (shared === undefined) return { what, seen: unknown };
  if (!shared) return { what, seen: 'one' };
  return {
    what,
    seen: 'two (hyper-threading)',
    advice: 'two workers may share one core: speed-ups are below those of whole cores',
  };
}

function governor({ governor: name, energyPreference }: Survey): Symptom {
  if (name === undefined) return { what: 'governor', seen: unknown };
  const seen = energyPreference === undefined ? name : `${name} (${energyPreference})`;
  if (name === 'performance') return { what: 'governor', seen };
  return { what: 'governor', seen, advice: 'sudo cpupower frequency-set -g performance' };
}

function turbo({ turbo: on }: Survey): Symptom {
  if (on === undefined) return { what: 'turbo', seen: unknown };
  if (!on) return { what: 'turbo', seen: 'off' };
  return {
    what: 'turbo',
    seen: 'on',
    advice: 'one busy core is clocked higher than several: turn it off to compare cores fairly',
  };
}

function power({ onBattery }: Survey): Symptom {
  if (onBattery === undefined) return { what: 'power', seen: unknown };
  return onBattery
    ? { what: 'power', seen: 'battery', advice: 'plug it in' }
    : { what: 'power', seen: 'plugged in' };
}

function memory({ host, freeBytes }: Survey): Symptom {
  const seen = `${formatBytes(freeBytes)} free of ${formatBytes(host.memoryBytes)}`;
  if (freeBytes >= 2 ** 30) return { what: 'memory', seen };
  return { what: 'memory', seen, advice: 'close programs: most scenarios need 1 GB' };
}

/** Beyond this, new memory for answers costs more than moving them (512 numbers are a page). */
const dearPageNs = 2_000;

function freshMemory({ givesMemoryBack }: Survey, fresh: FreshMemory | undefined): Symptom {
  const what = 'fresh memory';
  if (fresh === undefined) return { what, seen: unknown };
  const { lowNs, highNs } = fresh;
  const seen = `${formatNs(lowNs, 2)} to ${formatNs(highNs, 2)} for the first touch of a page${givesMemoryBack ? '; free pages go back to the host' : ''}`;
  if (highNs < dearPageNs) return { what, seen };
  const advice = `answers in new memory pay up to ${formatNs(highNs / 512, 2)} per number for it, not always the same: use more rounds, or compare data in place`;
  return { what, seen, advice };
}

function swap({ swapTotalBytes, swapUsedBytes = 0 }: Survey): Symptom {
  if (swapTotalBytes === undefined) return { what: 'swap', seen: unknown };
  if (swapTotalBytes === 0) return { what: 'swap', seen: 'none' };
  const seen = `${formatBytes(swapUsedBytes)} used of ${formatBytes(swapTotalBytes)}`;
  if (swapUsedBytes < swapTotalBytes / 20) return { what: 'swap', seen };
  return { what: 'swap', seen, advice: 'memory was short: close programs, then sudo swapoff -a' };
}

function clock({ host: { clockStepNs } }: Survey): Symptom {
  const seen = `steps of ${clockStepNs} ns`;
  if (clockStepNs <= 1_000) return { what: 'clock', seen };
  return {
    what: 'clock',
    seen,
    advice: `times below ${((25 * clockStepNs) / 1_000).toFixed(0)} µs cannot be read`,
  };
}

function load({ load1, host: { usableCores } }: Survey): Symptom {
  if (load1 === undefined) return { what: 'load', seen: unknown };
  const seen = `${load1.toFixed(2)} in the last minute`;
  if (load1 < 0.3 * usableCores) return { what: 'load', seen };
  return { what: 'load', seen, advice: 'let what runs finish, then look again' };
}

function others({ othersShare: share }: Survey): Symptom {
  const what = 'other programs';
  if (share === undefined) return { what, seen: unknown };
  const seen = `${percent(share)} of the processor time in the last second`;
  if (share < 0.1) return { what, seen };
  return { what, seen, advice: 'close them', ...(share >= 0.5 ? { unfit: true } : {}) };
}

function steal({ stealShare: share }: Survey): Symptom {
  if (share === undefined) return { what: 'steal', seen: unknown };
  const seen = `${percent(share)} went to other virtual machines`;
  if (share < 0.02) return { what: 'steal', seen };
  const advice = 'use a machine with processors of its own, or a quieter time';
  return { what: 'steal', seen, advice, ...(share >= 0.2 ? { unfit: true } : {}) };
}

function noiseFloor({ processes, medianMs, deviation, range }: NoiseFloor): Symptom {
  const what = 'noise floor';
  const seen = `${percent(deviation)} (median deviation; range ${percent(range)}) of ${processes} × ${medianMs.toFixed(0)} ms of equal work in fresh processes`;
  if (deviation < 0.02 && range < 0.2) return { what, seen };
  const advice = `differences below ${percent(Math.max(2 * deviation, range / 4))} are lost here: find what disturbs it, or use more rounds`;
  return { what, seen, advice, ...(deviation >= 0.1 ? { unfit: true } : {}) };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
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
