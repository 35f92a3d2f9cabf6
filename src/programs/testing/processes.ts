import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProgramManifest } from '../../contract/program.js';

/** The program with faults, as a file. */
export const faultyProgram = fileURLToPath(new URL('./program.js', import.meta.url));

/** The manifest of the program with a fault, or with none. */
export function manifestWith(fault: string): ProgramManifest {
  return {
    id: 'made-up',
    title: 'Made up',
    command: [process.execPath, faultyProgram, fault],
    needs: 'a made-up interpreter',
    kernels: ['square-minus-13'],
    strategies: [{ id: 'loop', title: 'a loop' }],
  };
}

/** Processes of the program with this fault that still live; zombies have no command line. None without /proc. */
export function processesOf(fault: string): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return words.includes(faultyProgram) && words.includes(fault);
    } catch {
      return false;
    }
  });
}
