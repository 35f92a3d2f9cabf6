import { analyse } from '../analysis/analyse.js';
import { pointText } from '../analysis/point-key.js';
import { suggest } from '../catalog/suggest.js';
import { InputError } from '../contract/errors.js';
import { explanationDocument } from '../documents/explanation.js';
import { modelsOf } from '../model/profile.js';
import { renderMarkdown } from '../render/markdown.js';
import type { CellHeader, Results, RunHeader } from '../results/format.js';
import { say } from './terminal-lines.js';

/** `report RUN --explain CELL`: prints everything that is known of one cell. */
export function explain(results: Results, asked: string): void {
  const cell = findCell(results.header, asked);
  const explained = { results, analysis: analyse(results), models: modelsOf(results) };
  say(renderMarkdown(explanationDocument(explained, cell)).trimEnd());
}

/** A cell by its id (`c17`), or by strategy and values that leave one point: `wasm-simd@keys=8,length=1e6`. */
function findCell(header: RunHeader, asked: string): CellHeader {
  const { cells, strategies } = header;
  const known = cells.find(({ id }) => id === asked);
  if (known !== undefined) return known;
  const [label, values = ''] = splitAtLast(asked);
  const labels = strategies.map((strategy) => strategy.label);
  if (!labels.includes(label))
    throw new InputError(
      `--explain ${asked}: the run has no cell or strategy "${label}".${suggest(label, labels)} A cell is named by its id, ` +
        `c1 to ${cells.at(-1)?.id}, or like "${cells[0].strategy}@${axesText(cells[0])}".`,
    );
  const wanted = values
    .split(',')
    .filter((each) => each !== '')
    .map((each) => each.split('='));
  const found = cells.filter(
    ({ strategy, point }) =>
      strategy === label && wanted.every(([axis, value]) => isValue(point[axis], value)),
  );
  if (found.length === 1) return found[0];
  const all = cells.filter(({ strategy }) => strategy === label);
  throw new InputError(
    `--explain ${asked}: ${found.length === 0 ? 'no cell of that strategy has these values' : `${found.length} cells fit`}. ` +
      `${label} has ${all.map((cell) => `${cell.id} (${pointText(cell.point)})`).join(', ')}.`,
  );
}

/** A label may hold a "@" of its own; the values never do. */
function splitAtLast(text: string): string[] {
  const at = text.lastIndexOf('@');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function axesText({ point }: CellHeader): string {
  return Object.entries(point)
    .map(([axis, value]) => `${axis}=${value}`)
    .join(',');
}

function isValue(value: number | string | undefined, text: string | undefined): boolean {
  return text !== undefined && (typeof value === 'number' ? value === Number(text) : value === text);
}
