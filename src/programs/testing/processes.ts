import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
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

/**
 * Processes of the program with this fault that live on: what was killed may still be there for a moment, on a busy
 * machine for a long one. None without /proc.
 */
export async function processesOf(fault: string): Promise<string[]> {
  let living = livingOf(fault);
  for (let looks = 0; living.length > 0 && looks < 100; looks++) {
    await sleep(20);
    living = livingOf(fault);
  }
  return living;
}

/** Zombies have no command line. */
function livingOf(fault: string): string[] {
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
