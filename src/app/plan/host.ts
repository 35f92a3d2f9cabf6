import { InputError } from '../../contract/errors.js';
import { readHost } from '../../measure/host.js';
import { runInPlace } from '../../process/in-place.js';
import type { HostRecord } from '../../results/format.js';
import type { BenchOptions } from './options.js';

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
  const end = runInPlace([process.execPath, ...nodeArgs, '-e', '0']);
  if (end.kind === 'exited' && end.code === 0) return;
  const said = (end.kind === 'exited' ? end.stderr : '')
    .trim()
    .split('\n')[0]
    .replace(`${process.execPath}: `, '');
  throw new InputError(`--node-arg ${nodeArgs.join(' ')}: Node refuses it: ${said || 'it ends at once'}.`);
}

/** Cores left by `--cpus`, which is kept to by util-linux's taskset. */
function coresWith(cpus: string): number {
  if (!/^\d+(-\d+(:\d+)?)?(,\d+(-\d+(:\d+)?)?)*$/.test(cpus))
    throw new InputError(`--cpus ${cpus}: write processors like 0, 0-3 or 0,2.`);
  const count = 'process.stdout.write(String(os.availableParallelism()))';
  const end = runInPlace(['taskset', '-c', cpus, process.execPath, '-e', count]);
  if (end.kind === 'not started')
    throw new InputError('--cpus needs the program taskset (util-linux), which is not on this machine.', {
      cause: end.cause,
    });
  if (end.kind === 'killed' || end.code !== 0)
    throw new InputError(`--cpus ${cpus}: there are no such processors${thoseThatAre()}.`);
  return Number(end.stdout);
}

/** Each processor of `--cpus` by its number, in order: `0-2,5` is `0,1,2,5`. */
export function listProcessors(cpus: string): string {
  const numbers = cpus.split(',').flatMap((part) => {
    const [range, step = '1'] = part.split(':');
    const [from, to = from] = range.split('-').map(Number);
    const count = Math.max(1, Math.floor((to - from) / Number(step)) + 1);
    return Array.from({ length: count }, (_, i) => from + i * Number(step));
  });
  return [...new Set(numbers)].sort((a, b) => a - b).join(',');
}

function thoseThatAre(): string {
  const end = runInPlace(['taskset', '-cp', String(process.pid)]);
  const list = end.kind === 'exited' ? /:\s*([\d,-]+)\s*$/.exec(end.stdout)?.[1] : undefined;
  return list === undefined ? '' : `; this process may use ${list}`;
}
