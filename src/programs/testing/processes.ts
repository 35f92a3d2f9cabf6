import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The program with faults, as a file. */
export const faultyProgram = fileURLToPath(new URL('./program.js', import.meta.url));

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
