import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { KernelEntry } from '../../catalog/kernel-entry.js';
import type { Options } from '../../contract/kernel.js';
import type { HostRecord } from '../../results/format.js';
import { calibrateKernel } from './preflight.js';

export interface Calibration {
  readonly options: Options;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * What the kernel fixes for this machine: measured once, then kept, so that two runs on one machine do the same work.
 * Undefined for a kernel that has nothing to fix.
 */
export async function calibrationOf(
  entry: KernelEntry,
  host: HostRecord,
  now: () => string,
): Promise<Calibration | undefined> {
  if (entry.plugin.calibrate === undefined) return undefined;
  const path = join(cacheFolder(), 'calibration.json');
  const known = readKnown(path);
  const key = `${entry.id}@${host.fingerprint}/node-${host.node.split('.')[0]}`;
  if (known[key] !== undefined) return known[key];
  const options = await calibrateKernel({ module: entry.module, options: {} }, entry.id);
  const calibration = { options, at: now() };
  writeKnown(path, { ...known, [key]: calibration });
  return calibration;
}

/** Where the tool keeps what belongs to a machine rather than to a project. */
function cacheFolder(): string {
  return (
    process.env.BREAKEVEN_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'breakeven')
  );
}

function readKnown(path: string): Record<string, Calibration> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Calibration>;
  } catch {
    // Not there yet, or damaged: it is measured again.
    return {};
  }
}

function writeKnown(path: string, known: Record<string, Calibration>): void {
  try {
    mkdirSync(cacheFolder(), { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(known, null, 2)}\n`);
    // In one step: two runs at once never see half a file.
    renameSync(draft, path);
  } catch {
    // A home that cannot be written costs one calibration per run; the value in use stands in the results file.
  }
}
