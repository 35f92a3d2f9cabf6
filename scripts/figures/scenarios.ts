import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedScenarios } from '../../src/plugins/scenario.js';
import { readResults } from '../../src/results/reader.js';
import { benchRun, benchText } from './bench-run.js';
import type { Figure, Measure } from './figure.js';

const shipped = (await shippedScenarios()).map(({ id }) => id);

/**
 * Every shipped scenario in quick mode, as one runs it: are all cells measured and verified, and did the run take what
 * `--dry-run` said? That asks for a run before it on this machine: where there was none, the scenario runs twice.
 */
export function scenarios(): AsyncGenerator<Figure> {
  return scenariosOf(shipped);
}

/** Each of them alone, to be asked for by name. */
export const scenarioParts: Readonly<Record<string, Measure>> = Object.fromEntries(
  shipped.map((id) => [`scenarios-${id}`, () => scenariosOf([id])]),
);

async function* scenariosOf(ids: readonly string[]): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'breakeven-scenarios-'));
  try {
    const ratios: number[] = [];
    for (const id of ids) {
      if (!isKnown(id)) quickRun(id, folder);
      const run = quickRun(id, folder);
      ratios.push(run.tookMs / run.expectedMs);
      yield wholeFigure(id, run);
    }
    const right = ratios.filter((ratio) => ratio >= 0.75 && ratio <= 1.25).length;
    const seen = `${right} of ${ratios.length}: ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`;
    const name = 'a run takes what --dry-run said, within 25 %';
    yield { name, bar: '≥ 9 of 10', seen, holds: right >= 0.9 * ratios.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Do earlier runs tell what every cell takes? */
function isKnown(id: string): boolean {
  return benchText(['--scenario', id, '--quick', '--dry-run']).includes(
    'as earlier runs on this machine took',
  );
}

interface QuickRun {
  readonly expectedMs: number;
  readonly tookMs: number;
  readonly cells: number;
  /** Cells that were not measured, with what became of them. */
  readonly problems: readonly string[];
}

function quickRun(id: string, out: string): QuickRun {
  const { header, records, end } = readResults(benchRun(['--scenario', id, '--quick'], out));
  const problems = records.flatMap(({ cell, outcome }) =>
    outcome.status === 'measured' ? [] : [`${cell} ${outcome.status}: ${outcome.message}`],
  );
  const measured = new Set(records.map(({ cell }) => cell));
  const applicable = header.cells.filter(({ notApplicable }) => notApplicable === undefined);
  const missing = applicable
    .filter((cell) => !measured.has(cell.id))
    .map((cell) => `${cell.id} not measured`);
  return {
    expectedMs: header.expectedMs ?? Number.NaN,
    tookMs: end?.elapsedMs ?? Number.NaN,
    cells: applicable.length,
    problems: [...problems, ...missing],
  };
}

function wholeFigure(id: string, { cells, problems, tookMs }: QuickRun): Figure {
  return {
    name: `${id} --quick: every cell measured and verified`,
    bar: 'all',
    seen: problems.length === 0 ? `all ${cells}, in ${Math.round(tookMs / 1_000)} s` : problems.join('; '),
    holds: problems.length === 0,
  };
}
