import { statSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../../contract/errors.js';
import type { DataSource, Scenario } from '../../contract/scenario.js';
import type { LoadedData } from '../../dictionary/load/load.js';
import { formatBytes } from '../../document/units.js';
import { plainCount } from '../../document/words.js';
import { keepDataFile } from '../../measure/data-file.js';
import type { PreparedData } from '../../measure/plan.js';
import type { DataHeader } from '../../results/format.js';
import type { TemporaryFolder } from '../temporary-folder.js';
import type { BenchOptions } from './options.js';

/** The file that a run reads: the command line's before the scenario's; undefined for generated data. */
export function sourceOf(scenario: Scenario, options: BenchOptions): DataSource | undefined {
  return options.data ?? scenario.data;
}

/** So many bytes are read before anything is said of how far it is. */
const quietBytes = 64 * 2 ** 20;
const sayEveryMs = 5_000;

/** What was read, until it is packed: a pipe can be read once, and a large file should be. */
const read = new WeakMap<DataSource, Promise<LoadedData>>();

/** Reads data, and says what was in it; a second time it is there already. */
export function readData(source: DataSource, note: (line: string) => void): Promise<LoadedData> {
  const known = read.get(source) ?? readAnew(source, note);
  read.set(source, known);
  return known;
}

async function readAnew(source: DataSource, note: (line: string) => void): Promise<LoadedData> {
  const name = nameOf(source);
  note(`Reading ${name} …`);
  const { loadData } = await import('../../dictionary/load/load.js');
  const loaded = await loadData(source, tellHowFar(name, note));
  note(describeData(loaded.header, loaded.missingWords));
  return loaded;
}

function nameOf({ file }: DataSource): string {
  return file === '-' ? 'standard input' : file;
}

/** Reads data once and keeps it packed, for every cell to read. */
export async function prepareData(
  source: DataSource,
  folder: TemporaryFolder,
  note: (line: string) => void,
): Promise<PreparedData> {
  const { loadData, locate } = await import('../../dictionary/load/load.js');
  const { writeColumnsFile } = await import('../../dictionary/columns-file.js');
  const { columns, header } = await readData(source, note);
  read.delete(source);
  const name = nameOf(source);
  const path = join(folder.path(), 'data.columns');
  writeColumnsFile(path, columns);
  const files = await locate(source);
  const seen = files.map(identityOf).join();
  keepDataFile(path, async () => {
    note(`${path} is gone; reading ${name} again …`);
    if (files.length === 0 || files.map(identityOf).join() !== seen)
      throw new RunError(
        `${path} is gone, and ${name} is not what it was when the run began: it cannot be made again. What was measured is kept.`,
      );
    const again = join(folder.path(), 'data.columns');
    writeColumnsFile(again, (await loadData(source)).columns);
    return again;
  });
  const { keys, offsets } = columns;
  const lengths = Uint32Array.from(keys, (_, index) => offsets[index + 1] - offsets[index]);
  const values = columns.values.every((x) => (x | 0) === x) ? 'ints' : 'doubles';
  return { path, header, lengths, values };
}

function tellHowFar(name: string, note: (line: string) => void) {
  let saidMs = performance.now();
  return (read: number, of: number | undefined) => {
    const nowMs = performance.now();
    if (read < quietBytes || nowMs - saidMs < sayEveryMs) return;
    saidMs = nowMs;
    note(`Reading ${name}: ${formatBytes(read)}${of === undefined ? '' : ` of ${formatBytes(of)}`} …`);
  };
}

/** What was read, and all that was not taken as it stood. */
function describeData(header: DataHeader, words: ReadonlyMap<string, number>): string {
  const counted = [...words].filter(([word]) => word !== '');
  const which =
    counted.length === 0 ? '' : ` (${counted.map(([word, count]) => `${word}: ${count}`).join(', ')})`;
  const { notFinite, rounded, mended } = header;
  return [
    `${header.name}: ${plainCount(header.keys, 'key')}, ${plainCount(header.elements, 'number')}, ${plainCount(header.missing, 'missing value')} left out${which}.`,
    ...(notFinite === undefined ? [] : [`${notFinite} of the numbers are NaN or infinite.`]),
    ...(rounded === undefined ? [] : [`${rounded} whole numbers were rounded.`]),
    ...(mended === undefined ? [] : [`${mended} rows or quotes were not as they should be.`]),
  ].join(' ');
}

/** Changes whenever somebody writes to a file. */
function identityOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file);
  return [ino, size, mtimeMs].join(' ');
}
