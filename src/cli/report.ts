import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { analyse } from '../analysis/analyse.js';
import { InputError } from '../contract/errors.js';
import { suggest } from '../dictionary/did-you-mean.js';
import { plainPoint } from '../document/words.js';
import { explanationDocument } from '../documents/explanation.js';
import { pinFolder } from '../files/pinned-folders.js';
import { modelsOf } from '../model/profile.js';
import { renderMarkdown } from '../render/markdown.js';
import type { CellHeader, Results, RunHeader } from '../results/format.js';
import { resultsFileName } from '../results/journal.js';
import { readResults } from '../results/reader.js';
import { ExitCode } from './exit.js';
import { checkOutFolder } from './out.js';
import { codeOfAnalysis, rebuild } from './rebuild.js';
import { readBandwidth, resultsFileOf } from './stored-run.js';
import { say } from './terminal.js';

interface ReportOptions {
  readonly out: string;
  /** The cell to explain, instead of writing anything. */
  readonly explain?: string;
  /** Folder for the report, instead of that of the results. */
  readonly to?: string;
  /** A run that the memory bandwidth is read from. */
  readonly bandwidth?: string;
}

/** `report`: every output again from the results file; no strategy is loaded. */
export async function report(run: string | undefined, options: ReportOptions): Promise<ExitCode> {
  if (options.explain !== undefined && options.bandwidth !== undefined)
    throw new InputError('--explain and --bandwidth: give one of them.');
  if (options.explain !== undefined && options.to !== undefined)
    throw new InputError('--explain writes nothing: leave out --to.');
  if (options.to !== undefined) checkOutFolder(options.to, '--to');
  const path = run === undefined ? newestRun(options.out) : resultsFileOf(run);
  if (options.explain !== undefined) {
    explain(readResults(path), options.explain);
    return ExitCode.fine;
  }
  // Whatever is done to it from now on, this is the folder that is meant.
  pinFolder(options.to ?? dirname(path));
  const { bandwidth } = options;
  const roof = bandwidth === undefined ? undefined : readBandwidth(bandwidth, readResults(path).header.host);
  return codeOfAnalysis(await rebuild(path, options.to ?? dirname(path), roof));
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
