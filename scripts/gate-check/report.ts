import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../figures/figure.js';

interface Part {
  readonly comparisons: number;
  readonly figures: readonly Figure[];
}

const folder = join('reports', 'self-check');
const jsonPath = join(folder, 'gate-check.json');

/** Keeps a part's figures beside the self-check, to be committed, and writes the page of all parts anew. */
export function keepFigures(name: string, comparisons: number, figures: readonly Figure[]): void {
  mkdirSync(folder, { recursive: true });
  const known = existsSync(jsonPath)
    ? (JSON.parse(readFileSync(jsonPath, 'utf8')) as Record<string, Part>)
    : {};
  const parts = { ...known, [name]: { comparisons, figures } };
  writeFileSync(jsonPath, `${JSON.stringify(parts, null, 2)}\n`);
  writeFileSync(join(folder, 'gate-check.md'), pageOf(parts));
}

function pageOf(parts: Readonly<Record<string, Part>>): string {
  const rows = Object.values(parts).flatMap(({ comparisons, figures }) =>
    figures.map(
      ({ name, bar, seen, holds }) =>
        `| ${name} | ${bar} | ${seen} | ${bar.startsWith('printed') ? '' : holds ? 'yes' : 'no'} | ${comparisons} |`,
    ),
  );
  return `${[
    '# How far `breakeven compare` can be trusted',
    'Made by `npm run gate-check`: simulated comparisons whose truth is known, by the same code that compares real runs. Six strategies, three points, eight rounds. Processes differ by 2.5 %, accounts of a process by 1.5 %, and one process in eight is 12 % slower. "Interleaved" is `compare --base REF`; "separate" are two stored runs. Parts of a figure take a share of the comparisons that were asked for.',
    [
      '| what | bar | seen | reached | comparisons asked for |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n')}\n`;
}
