import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/* Processes of one test are told apart by a mark in their environment, which children inherit: Linux shows it. */

export function newMark(): string {
  return `breakeven-test-${randomUUID()}`;
}

export function markedProcesses(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && carries(name, mark))
    .map(Number);
}

/** A zombie has no environment any more. */
function carries(name: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark);
  } catch {
    return false;
  }
}

/** Those that are left after so long a time; looks again and again until then. */
export async function leftAfter(mark: string, ms: number): Promise<number[]> {
  const until = performance.now() + ms;
  let left = markedProcesses(mark);
  while (left.length > 0 && performance.now() < until) {
    await sleep(20);
    left = markedProcesses(mark);
  }
  return left;
}
