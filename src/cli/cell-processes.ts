import { spawnSync } from 'node:child_process';
import { InputError } from '../contract/errors.js';
import { readHost } from '../measure/host.js';
import type { HostRecord } from '../results/format.js';
import type { BenchOptions } from './bench-options.js';

/**
 * The machine as cells will see it, with `--cpus` and `--node-arg`. Starts Node once as cells will be started where
 * either is given, so that what taskset or Node refuses is refused before anything is measured.
 */
export function hostOfCells({ cpus, nodeArgs }: Pick<BenchOptions, 'cpus' | 'nodeArgs'>): HostRecord {
  const host = readHost();
  if (cpus === undefined && nodeArgs.length === 0) return host;
  if (nodeArgs.length > 0) checkNodeArgs(nodeArgs);
  if (cpus === undefined) return host;
  return { ...host, usableCores: Math.min(host.usableCores, coresWith(cpus)) };
}

function checkNodeArgs(nodeArgs: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [...nodeArgs, '-e', '0'], { encoding: 'utf8' });
  if (status === 0) return;
  const said = stderr.trim().split('\n')[0].replace(`${process.execPath}: `, '');
  throw new InputError(`--node-arg ${nodeArgs.join(' ')}: Node refuses it: ${said || 'it ends at once'}.`);
}

/** Cores left by `--cpus`, which is kept to by util-linux's taskset. */
function coresWith(cpus: string): number {
  if (!/^\d+(-\d+(:\d+)?)?(,\d+(-\d+(:\d+)?)?)*$/.test(cpus))
    throw new InputError(`--cpus ${cpus}: write processors like 0, 0-3 or 0,2.`);
  const count = 'process.stdout.write(String(os.availableParallelism()))';
  const { error, status, stdout } = spawnSync('taskset', ['-c', cpus, process.execPath, '-e', count], {
    encoding: 'utf8',
  });
  if (error !== undefined)
    throw new InputError('--cpus needs the program taskset (util-linux), which is not on this machine.', {
      cause: error,
    });
  if (status !== 0) throw new InputError(`--cpus ${cpus}: there are no such processors${thoseThatAre()}.`);
  return Number(stdout);
}

function thoseThatAre(): string {
  const { stdout } = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  const list = /:\s*([\d,-]+)\s*$/.exec(stdout ?? '')?.[1];
  return list === undefined ? '' : `; this process may use ${list}`;
}
