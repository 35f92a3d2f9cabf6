import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';
import type { Document } from '../document/document.js';
import { plainPoint } from '../document/words.js';
import { explanationDocument } from '../documents/explanation.js';
import { pinFolder } from '../files/pinned-folders.js';
import { modelsOf } from '../model/profile.js';
import type { CellHeader, RunHeader } from '../results/format.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import { checkOutFolder } from './out.js';
import { type ReportedRun, reportRun } from './report/verdict.js';
import { readBandwidth, resultsFileOf } from './stored-run.js';

/** How a stored run is reported again. */
export interface ReportOptions {
  /** Folder of the runs. */
  readonly out: string;
  /** Folder for the report, instead of that of the results. */
  readonly to?: string;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

/** Every output again from a results file, or from that of the newest run; no strategy is loaded. */
export async function reportStored(
  run: string | undefined,
  { out, to, bandwidth }: ReportOptions,
): Promise<ReportedRun> {
  if (to !== undefined) checkOutFolder(to, '--to');
  const path = findRun(run, out);
  const folder = to ?? dirname(path);
  // Whatever is done to it from now on, this is the folder that is meant.
  pinFolder(folder);
  const roof = bandwidth === undefined ? undefined : readBandwidth(bandwidth, readResults(path).header.host);
  return reportRun(path, folder, roof);
}

/** Everything that is known of one cell: `c17`, or `STRATEGY@keys=8,length=1e6`. */
export function explainCell(run: string | undefined, out: string, asked: string): Document {
  const results = readResults(findRun(run, out));
  const cell = findCell(results.header, asked);
  return explanationDocument({ results, analysis: analyse(results), models: modelsOf(results) }, cell);
}

function findRun(run: string | undefined, out: string): string {
  return run === undefined ? newestRun(out) : resultsFileOf(run);
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // It is none, or not ours to read.
    return [];
  }
}

/** The committed sample, baselines, comparisons and the parts of a lesson are nobody's newest run. */
function newestRun(out: string): string {
  const scenarios = foldersIn(out).filter((name) => !/^(sample|baselines|compare|lesson)\b/.test(name));
  // Not deeper: somebody may name the folder of all of their projects.
  const files = scenarios
    .flatMap((scenario) =>
      foldersIn(join(out, scenario)).map((run) => join(out, scenario, run, resultsFileName)),
    )
    .filter((file) => existsSync(file));
  const newest = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined)
    throw new InputError(`there is no run below ${out} yet: measure one with \`breakeven bench\`.`);
  return newest;
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
      `${label} has ${all.map((cell) => `${cell.id} (${plainPoint(cell.point)})`).join(', ')}.`,
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
