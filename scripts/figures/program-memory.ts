import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { quickSampling } from '../../src/measure/order.js';
import { Needs } from '../../src/plugins/external/start.js';
import { type LoadedStrategy, shippedPrograms } from '../../src/plugins/strategy.js';
import { measureCell } from './cells.js';
import type { Figure } from './figure.js';

/** How often the processes are looked at; their high-water marks are kept by the system in between. */
const lookMs = 20;

/** Where what passes between Node and a program lies, which is memory too. */
const scratchFolder = '/dev/shm';

const unverified = { verify: false, sampling: quickSampling } as const;

/**
 * Peak memory of strategies in other languages over its estimate: of Node, of the program with all that it starts, and
 * of the files between them. Answers are not verified, as the estimate is of what comes before that.
 */
export async function* programMemory(): AsyncGenerator<Figure> {
  yield* memoryOf((await shippedPrograms()).filter(({ strategy }) => strategy.home !== undefined));
}

/** The same programs, called from Node. */
export async function* programMemoryFromNode(): AsyncGenerator<Figure> {
  yield* memoryOf((await shippedPrograms()).filter(({ strategy }) => strategy.home === undefined));
}

async function* memoryOf(programs: readonly LoadedStrategy[]): AsyncGenerator<Figure> {
  for (const { id, strategy } of programs) {
    for (const [keys, length, from] of [
      [8, 500_000, 'lists'],
      [8, 500_000, 'columns'],
      [100_000, 10, 'lists'],
    ] as const) {
      const name = `peak memory / estimate, ${id}, ${keys} × ${length} doubles, ${from}`;
      const bar = '0.7 to 1.2×';
      const watch = watchMemory();
      try {
        const { estimatedBytes } = await measureCell({ strategy: id, keys, length, from, ...unverified });
        const ratio = watch.peakBytes() / estimatedBytes;
        const seen = `${ratio.toFixed(2)}× of ${Math.round(estimatedBytes / 2 ** 20)} MiB`;
        yield { name, bar, seen, holds: ratio >= 0.7 && ratio <= 1.2 };
      } catch (cause) {
        if (!(cause instanceof Needs)) throw cause;
        process.stdout.write(`${strategy.title}: skipped: needs ${cause.message}\n`);
        break;
      } finally {
        watch.stop();
      }
    }
  }
}

/** Looks at all processes below this one until it is stopped. */
function watchMemory() {
  const highest = new Map<number, number>();
  let files = 0;
  const timer = setInterval(() => {
    for (const pid of descendants(process.pid))
      highest.set(pid, Math.max(highest.get(pid) ?? 0, highWater(pid)));
    files = Math.max(files, scratchBytes());
  }, lookMs);
  return {
    peakBytes: () => [...highest.values()].reduce((sum, bytes) => sum + bytes, files),
    stop: () => clearInterval(timer),
  };
}

function descendants(root: number): number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(/\nPPid:\s+(\d+)/.exec(statusOf(Number(name)))?.[1])]),
  );
  const isBelow = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents].filter(([pid, parent]) => pid !== root && isBelow(parent)).map(([pid]) => pid);
}

function highWater(pid: number): number {
  return 1_024 * Number(/VmHWM:\s+(\d+) kB/.exec(statusOf(pid))?.[1] ?? 0);
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    // It ended in between.
    return '';
  }
}

function scratchBytes(): number {
  let bytes = 0;
  for (const folder of readdirSync(scratchFolder).filter((name) => name.startsWith('breakeven-program-'))) {
    try {
      for (const file of readdirSync(join(scratchFolder, folder)))
        bytes += statSync(join(scratchFolder, folder, file)).size;
    } catch {
      // The session ended in between.
    }
  }
  return bytes;
}
