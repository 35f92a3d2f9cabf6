import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures/figure.js';
import { markdownTable, writeReport } from '../lab/report.js';
import type { RealLine } from './real-figures.js';

interface Part {
  /** As asked for: a row takes its part of them. */
  readonly comparisons: number;
  readonly figures: readonly Figure[];
  /** Of a simulated part: where its noise comes from. */
  readonly noise?: string;
  /** Of the part that was measured: on what machine, and each comparison. */
  readonly real?: { readonly about: string; readonly lines: readonly RealLine[] };
}

const folder = join('reports', 'self-check');
const jsonPath = join(folder, 'gate-check.json');

/** Keeps a part's figures beside the self-check, to be committed, and writes the page of all parts anew. */
export function keepPart(name: string, part: Part): void {
  const known = existsSync(jsonPath)
    ? (JSON.parse(readFileSync(jsonPath, 'utf8')) as Record<string, Part>)
    : {};
  const parts = { ...known, [name]: part };
  writeReport(jsonPath, `${JSON.stringify(parts, null, 2)}\n`);
  writeReport(join(folder, 'gate-check.md'), pageOf(Object.values(parts)));
}

function pageOf(parts: readonly Part[]): string {
  const real = parts.flatMap((part) => part.real ?? []);
  return `${[
    '# How far `breakeven compare` can be trusted',
    'Made by `npm run gate-check`: simulated comparisons whose truth is known, by the same code that compares real runs. Nine strategies, two points, eight rounds. "Interleaved" is `compare --base REF`; "until settled" is the same with `--max-time`, which holds about six rounds; "separate" are two stored runs. Each row says how many of its comparisons it found, with the exact 95 % interval (Clopper–Pearson) of a share of independent comparisons.',
    ...new Set(parts.flatMap(({ noise }) => noise ?? [])),
    figureTable(parts.filter((part) => part.real === undefined)),
    ...(real.length === 0
      ? []
      : [
          '## On the real clock',
          'Made by `npm run gate-check -- --real`: `compare --base REF` on a scratch repository, four strategies at two points, eight rounds of each side.',
          figureTable(parts.filter((part) => part.real !== undefined)),
          ...real.flatMap(({ about, lines }) => [`Each of them (${about}):`, lineTable(lines)]),
        ]),
  ].join('\n\n')}\n`;
}

function figureTable(parts: readonly Part[]): string {
  const rows = parts.flatMap(({ figures }) =>
    figures.map(({ name, bar, seen, holds }) => {
      const reached = bar.startsWith('printed') ? '' : holds ? 'yes' : 'no';
      return [name, bar, seen, reached];
    }),
  );
  return markdownTable(['what', 'bar', 'seen', 'reached'], rows);
}

const kinds: Readonly<Record<RealLine['kind'], string>> = {
  equal: 'equal code',
  load: 'equal code, a load from half-way on',
  slower: '20 % more work in `own`',
};

function lineTable(lines: readonly RealLine[]): string {
  const rows = lines.map(({ kind, verdict, headline, seconds }) => [
    kinds[kind],
    verdict,
    headline.replaceAll('|', '\\|'),
    `${seconds} s`,
  ]);
  return markdownTable(['what', 'verdict', 'in its words', 'took'], rows);
}
