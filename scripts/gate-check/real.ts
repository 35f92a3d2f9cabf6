import { join } from 'node:path';
import { makeOwnedFolder } from '../../src/files/owned-folder.js';
import { readHost } from '../../src/measure/host.js';
import { leaveToReaper } from '../../src/process/reaper/reaper.js';
import { printFigure } from '../figures/parts.js';
import { KeyedLines } from '../self-check/keyed-lines.js';
import { codeDigest } from './code-digest.js';
import { type Kind, type RealLine, realFigures } from './real-figures.js';
import { redStrategies } from './red-strategies.js';
import { keepPart } from './report.js';
import { runComparison } from './run-comparison.js';
import { scratchRepository } from './scratch-repository.js';

/** How many of each. */
const wanted: Readonly<Record<'full' | 'quick', Readonly<Record<Kind, number>>>> = {
  full: { equal: 10, load: 5, slower: 5 },
  quick: { equal: 2, load: 1, slower: 1 },
};

/**
 * On the real clock, by the built program, in a scratch repository. One line per comparison is kept beside the self-check's
 * pool, so that a check that was stopped goes on where it was; none is begun that might not end within `minutes`. Kinds
 * in turn, so that none has the best hour of the machine to itself. The figures of a full check are kept when it is
 * complete. Returns the exit code.
 */
export async function realGate({ quick, minutes }: { quick: boolean; minutes: number }): Promise<number> {
  const endMs = performance.now() + 60_000 * minutes;
  const size = quick ? 'quick' : 'full';
  const { cpu, usableCores, fingerprint, node } = readHost();
  const key = JSON.stringify({ fingerprint, node, code: codeDigest() });
  const path = join('reports', 'self-check', `pool-gate-${size}.ndjson`);
  const pool = new KeyedLines<RealLine>(path, key);
  const left = turnsOf(wanted[size], pool.lines);
  const stop = new AbortController();
  // A second one ends this process at once, and leaves the rest to the reaper.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    await measureAll(left, pool, endMs, stop.signal);
  } catch (cause) {
    if (!stop.signal.aborted) throw cause;
    process.stdout.write('Interrupted. What was measured is kept: run it again to go on\n');
    return 130;
  }
  const done = pool.lines.length;
  const all = Object.values(wanted[size]).reduce((sum, count) => sum + count, 0);
  if (done < all) {
    process.stdout.write(`${all - done} of ${all} comparisons are left: run it again to go on\n`);
    return 0;
  }
  const figures = realFigures(pool.lines);
  for (const figure of figures) printFigure(figure);
  const about = `${cpu}, ${usableCores} cores, Node ${node}, begun ${pool.header.startedAt.slice(0, 10)}`;
  if (!quick) keepPart('real', { comparisons: all, figures, real: { about, lines: pool.lines } });
  return figures.every(({ holds }) => holds) ? 0 : 1;
}

/** What is not measured yet, kinds in turn. */
function turnsOf(counts: Readonly<Record<Kind, number>>, lines: readonly RealLine[]): Kind[] {
  const kinds = Object.keys(counts) as Kind[];
  const most = Math.max(...Object.values(counts));
  return Array.from({ length: most }, (_, i) =>
    kinds.filter((kind) => i < counts[kind] && i >= lines.filter((line) => line.kind === kind).length),
  ).flat();
}

async function measureAll(
  turns: readonly Kind[],
  pool: KeyedLines<RealLine>,
  endMs: number,
  signal: AbortSignal,
): Promise<void> {
  const owned = makeOwnedFolder('gate');
  const repository = scratchRepository(owned.path);
  // Should this process be killed outright: first the program that it started, then its repository.
  const isRemoved = leaveToReaper({ kind: 'folder', folder: owned.path });
  try {
    for (const kind of turns) {
      const longest = Math.max(expectedSeconds, ...pool.lines.map(({ seconds }) => seconds));
      if (performance.now() + 1_000 * longest > endMs) return;
      const beganMs = performance.now();
      const comparison = await runComparison(repository, {
        base: 'base',
        head: kind === 'slower' ? 'slower' : 'base',
        loadFromRound: kind === 'load' ? 5 : undefined,
        signal,
        onStart: (group) => void leaveToReaper({ kind: 'group', group }),
      });
      const { verdict, headline, rows } = comparison;
      const seconds = Math.round((performance.now() - beganMs) / 1_000);
      pool.add({ kind, verdict, red: redStrategies(rows), headline, seconds });
      process.stdout.write(`${kind}, ${seconds} s: ${headline}\n`);
    }
  } finally {
    owned.remove();
    isRemoved();
  }
}

/** Of one comparison, before any was measured. */
const expectedSeconds = 60;
