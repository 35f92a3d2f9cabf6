import { createHash } from 'node:crypto';
import { availableParallelism, cpus, type as osType, release, totalmem } from 'node:os';
import type { HostRecord } from '../results/format.js';
import { nowNs } from '../workers/span-log.js';
import { readCpuQuota, usableMemoryBytes } from './machine/cgroup.js';
import { dataCaches, systemFile } from './machine/system-files.js';

/** The machine as the tool sees it. */
export function readHost(): HostRecord {
  const processors = cpus();
  const cpu = processors[0]?.model.trim() ?? 'unknown processor';
  const os = `${osType()} ${release()}`;
  const usable = usableCores();
  const caches = dataCaches(systemFile);
  const distinct = [cpu, processors.length, totalmem(), process.arch, osType()].join('|');
  return {
    fingerprint: createHash('sha256').update(distinct).digest('hex').slice(0, 16),
    cpu,
    cores: processors.length,
    usableCores: usable,
    memoryBytes: usableMemoryBytes(),
    os,
    arch: process.arch,
    node: process.version.slice(1),
    v8: process.versions.v8,
    clockStepNs: clockStepNs(),
    ...(caches.length === 0 ? {} : { caches }),
  };
}

/** Cores that this process may really use, to 0.1: affinity, then the cgroup's quota. Node reports only the first. */
export function usableCores(): number {
  return Math.round(Math.min(availableParallelism(), readCpuQuota()) * 10) / 10;
}

/** Workers that a strategy gets unless told otherwise: a tenth of a core carries no worker. */
export function defaultWorkers(usable: number): number {
  return Math.max(1, Math.floor(usable + 0.05));
}

/** Smallest step between two different readings: the median of many. */
function clockStepNs(): number {
  const steps: number[] = [];
  for (let i = 0; i < 200; i++) {
    const from = nowNs();
    let to = nowNs();
    while (to === from) to = nowNs();
    steps.push(to - from);
  }
  return steps.sort((a, b) => a - b)[100];
}
