import { join } from 'node:path';
import type { Comparison } from '../../src/compare/types.js';
import { makeOwnedFolder } from '../../src/files/owned-folder.js';
import { readHost } from '../../src/measure/host.js';
import { leaveToReaper } from '../../src/process/reaper/reaper.js';
import { KeptLines } from '../lab/kept-lines.js';
import { say } from '../lab/lab.js';
import { type DuetLine, describeDuet } from './duet-figures.js';
import { codeDigest, scratchRepository } from './real.js';
import { runComparison } from './run-comparison.js';

/** Comparisons of either way. */
const wanted = { full: 8, quick: 1 } as const;
/** Of one comparison, before any was measured. */
const expectedSeconds = 60;

/**
 * What a duet gains, on the real clock: equal code compared in turns and in duet, alternately, and how wide the intervals of
 * its single-thread rows come out. One line per comparison is kept, so that a check that was stopped goes on where it was. Returns
 * the exit code; prints what was seen, and decides nothing.
 */
export async function duetGate({ quick, minutes }: { quick: boolean; minutes: number }): Promise<number> {
  const endMs = performance.now() + 60_000 * minutes;
  const size = quick ? 'quick' : 'full';
  const { fingerprint, node } = readHost();
  const key = JSON.stringify({ fingerprint, node, code: codeDigest() });
  const pool = new KeptLines<DuetLine>(join('reports', 'self-check', `pool-duet-${size}.ndjson`), key);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const owned = makeOwnedFolder('gate');
  const isRemoved = leaveToReaper({ kind: 'folder', folder: owned.path });
  try {
    const repository = scratchRepository(owned.path);
    while (pool.lines.length < 2 * wanted[size]) {
      const longest = Math.max(expectedSeconds, ...pool.lines.map(({ seconds }) => seconds));
      if (performance.now() + 1_000 * longest > endMs) break;
      const way = pool.lines.length % 2 === 0 ? 'turns' : 'duet';
      const beganMs = performance.now();
      const comparison = await runComparison(repository, {
        base: 'base',
        head: 'base',
        ...(quick ? { rounds: 4 } : {}),
        options: way === 'duet' ? ['--duet'] : [],
        signal: stop.signal,
        onStart: (group) => void leaveToReaper({ kind: 'group', group }),
      });
      const seconds = Math.round((performance.now() - beganMs) / 1_000);
      pool.add({ way, seconds, rows: rowsOf(comparison) });
      say(`${way}, ${seconds} s: ${comparison.headline}`);
    }
  } catch (cause) {
    if (!stop.signal.aborted) throw cause;
    say('Interrupted. What was measured is kept: run it again to go on');
    return 130;
  } finally {
    owned.remove();
    isRemoved();
  }
  for (const sentence of describeDuet(pool.lines)) say(`${sentence}`);
  return 0;
}

function rowsOf({ rows }: Comparison): DuetLine['rows'] {
  return rows.flatMap(({ strategy, account, point, quantity, ratio, red }) =>
    quantity === 'time' && point !== undefined && account !== undefined && ratio.interval !== undefined
      ? [
          {
            strategy,
            account,
            point,
            log: Math.log(ratio.value),
            width: Math.log(ratio.interval.high / ratio.interval.low),
            red,
          },
        ]
      : [],
  );
}
