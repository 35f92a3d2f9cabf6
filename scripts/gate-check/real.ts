import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '../../src/compare/types.js';
import { runComparison } from './run-comparison.js';
import { scratchRepository } from './scratch-repository.js';

/** What is asked of the real clock: the same code, the same under a load that begins half-way, and 20 % more work. */
type Kind = 'equal' | 'load' | 'slower';

interface Line {
  readonly kind: Kind;
  readonly verdict: Comparison['verdict'];
  readonly red: readonly string[];
  readonly headline: string;
  readonly seconds: number;
}

const wanted: Readonly<Record<'full' | 'quick', Readonly<Record<Kind, number>>>> = {
  full: { equal: 10, load: 5, slower: 5 },
  quick: { equal: 2, load: 1, slower: 1 },
};

/** What each comparison must say. An unfit machine is an answer, too, but for more than two of the quiet ones. */
const holds: Readonly<Record<Kind, (lines: readonly Line[]) => boolean>> = {
  equal: (lines) =>
    lines.every(({ verdict }) => verdict !== 'regression') &&
    lines.filter(({ verdict }) => verdict === 'unfit').length <= 2,
  load: (lines) => lines.every(({ verdict }) => verdict !== 'regression'),
  slower: (lines) =>
    lines.every(({ verdict, red }) => verdict === 'regression' && red.length === 1 && red[0] === 'own'),
};

/**
 * On the real clock, by the built program, in a scratch repository. One line per comparison is kept in
 * reports/self-check/gate-real.ndjson, so that a check that was stopped goes on where it was; about 10 minutes.
 */
export async function realGate(quick: boolean): Promise<number> {
  const folder = join('reports', 'self-check');
  const path = join(folder, quick ? 'gate-real-quick.ndjson' : 'gate-real.ndjson');
  mkdirSync(folder, { recursive: true });
  const lines = existsSync(path) ? linesOf(path) : [];
  const repository = scratchRepository();
  try {
    for (const [kind, count] of Object.entries(wanted[quick ? 'quick' : 'full']) as [Kind, number][]) {
      for (let done = lines.filter((line) => line.kind === kind).length; done < count; done++) {
        const beganMs = performance.now();
        const comparison = await runComparison(repository, {
          base: 'base',
          head: kind === 'slower' ? 'slower' : 'base',
          loadFromRound: kind === 'load' ? 5 : undefined,
        });
        const red = [...new Set(comparison.rows.filter((row) => row.red).map(({ strategy }) => strategy))];
        const seconds = Math.round((performance.now() - beganMs) / 1_000);
        const line = { kind, verdict: comparison.verdict, red, headline: comparison.headline, seconds };
        lines.push(line);
        appendFileSync(path, `${JSON.stringify(line)}\n`);
        process.stdout.write(`${kind} ${done + 1}/${count}, ${seconds} s: ${comparison.headline}\n`);
      }
    }
  } finally {
    rmSync(repository, { recursive: true, force: true });
  }
  let missed = 0;
  for (const [kind, test] of Object.entries(holds) as [Kind, (typeof holds)[Kind]][]) {
    const own = lines.filter((line) => line.kind === kind);
    const held = test(own);
    if (!held) missed++;
    process.stdout.write(
      `${held ? 'ok    ' : 'MISSED'}  ${kind}: ${own.map(({ verdict }) => verdict).join(', ')}\n`,
    );
  }
  return missed === 0 ? 0 : 1;
}

function linesOf(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
