import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeOwnedFolder } from '../../src/files/owned-folder.js';
import { readHost } from '../../src/measure/host.js';
import { leaveToReaper } from '../../src/process/reaper/reaper.js';
import { printFigures } from '../figures/figure.js';
import { KeptLines } from '../lab/kept-lines.js';
import { say } from '../lab/lab.js';
import { type Kind, type RealLine, realFigures } from './real-figures.js';
import { redStrategies } from './red-strategies.js';
import { keepPart } from './report.js';
import { runComparison } from './run-comparison.js';

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
  const pool = new KeptLines<RealLine>(path, key);
  const left = turnsOf(wanted[size], pool.lines);
  const stop = new AbortController();
  // A second one ends this process at once, and leaves the rest to the reaper.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  try {
    await measureAll(left, pool, endMs, stop.signal);
  } catch (cause) {
    if (!stop.signal.aborted) throw cause;
    say('Interrupted. What was measured is kept: run it again to go on');
    return 130;
  }
  const done = pool.lines.length;
  const all = Object.values(wanted[size]).reduce((sum, count) => sum + count, 0);
  if (done < all) {
    say(`${all - done} of ${all} comparisons are left: run it again to go on`);
    return 0;
  }
  const figures = await printFigures(Promise.resolve(realFigures(pool.lines)));
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
  pool: KeptLines<RealLine>,
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
      say(`${kind}, ${seconds} s: ${headline}`);
    }
  } finally {
    owned.remove();
    isRemoved();
  }
}

/** Of one comparison, before any was measured. */
const expectedSeconds = 60;

const dist = fileURLToPath(new URL('../../', import.meta.url));

/** Of the built program and of this check: what was measured by other code is another measurement. */
export function codeDigest(): string {
  const hash = createHash('sha256');
  for (const folder of ['src', 'strategies', 'scripts/gate-check']) {
    const names = readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((each) => /(?<!\.test)\.js$/.test(each)).sort())
      hash.update(`${folder}/${name}\0`).update(readFileSync(join(dist, folder, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A strategy that runs the kernel so many times over: 12 are 20 % more work than 10. */
const strategy = (times: number) => `import { defineStrategy } from 'breakeven';
export default defineStrategy({
  title: 'own loop',
  family: 'serial',
  open: ({ kernel }) => ({
    close() {},
    run: (input) =>
      new Map(
        [...input].map(([key, xs]) => {
          const out = xs.slice();
          for (let i = 0; i < ${times}; i++) kernel.list(xs, out);
          return [key, out];
        }),
      ),
  }),
});
`;

const scenario = `import { defineScenario } from 'breakeven';
export default defineScenario({
  title: 'Gate',
  question: 'Is it seen?',
  from: 'lists',
  kernel: { module: 'sqrt-chain', options: { steps: 4 } },
  strategies: ['for-loop', 'async-tasks', 'typed-array', './own.mjs'],
  sweeps: [{ keys: [4], length: [2_000, 40_000] }],
  quick: [{ keys: [4], length: [2_000] }],
  claims: [],
});
`;

/** A git repository as a user has one, with the tags `base` and `slower`, made in `parent`. Returns its folder. */
export function scratchRepository(parent: string): string {
  const cwd = join(parent, 'repository');
  mkdirSync(cwd);
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', args, { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  const commit = (tag: string) => {
    git('add', '--all');
    git('-c', 'user.name=gate', '-c', 'user.email=gate@example.org', 'commit', '--quiet', '--message', tag);
    git('tag', tag);
  };
  git('init', '--quiet');
  writeFileSync(join(cwd, '.gitignore'), 'reports/\n');
  writeFileSync(join(cwd, 'gate.mjs'), scenario);
  writeFileSync(join(cwd, 'own.mjs'), strategy(10));
  commit('base');
  writeFileSync(join(cwd, 'own.mjs'), strategy(12));
  commit('slower');
  return cwd;
}
