import { spawnSync } from 'node:child_process';
import { InputError } from '../catalog/problem.js';

/** `--cpus` is kept to by util-linux's taskset: says so before anything is measured if it cannot. */
export function checkTaskset(cpus: string | undefined): void {
  if (cpus === undefined) return;
  const { error, status, stderr } = spawnSync('taskset', ['-c', cpus, 'true'], { encoding: 'utf8' });
  if (error !== undefined)
    throw new InputError('--cpus needs the program taskset (util-linux), which is not on this machine.', {
      cause: error,
    });
  if (status !== 0)
    throw new InputError(
      `--cpus ${cpus}: ${stderr.trim()}. Write it like 0, 0-3 or 0,2, with processors that there are.`,
    );
}
