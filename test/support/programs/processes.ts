import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProgramManifest } from '../../../src/contract/program.js';

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
export function processesOf(fault: string): Promise<string[]> {
  return afterAMoment((words) => words.includes(faultyProgram) && words.includes(fault));
}

/** Likewise those with this text in their command line: workers are told the kernel's module there. */
export function processesNaming(text: string): Promise<string[]> {
  return afterAMoment((words) => words.some((word) => word.includes(text)));
}

async function afterAMoment(isMeant: (words: readonly string[]) => boolean): Promise<string[]> {
  let living = livingOf(isMeant);
  for (let looks = 0; living.length > 0 && looks < 100; looks++) {
    await sleep(20);
    living = livingOf(isMeant);
  }
  return living;
}

/** Zombies have no command line. */
function livingOf(isMeant: (words: readonly string[]) => boolean): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  return readdirSync('/proc').filter((pid) => {
    try {
      return isMeant(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'));
    } catch {
      return false;
    }
  });
}
