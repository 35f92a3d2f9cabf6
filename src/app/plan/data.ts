import { statSync } from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../../contract/errors.js';
import type { DataSource, Scenario } from '../../contract/scenario.js';
import { keepDataFile } from '../../measure/data-file.js';
import type { PreparedData } from '../../measure/plan.js';
import type { TemporaryFolder } from '../temporary-folder.js';
import { type BenchOptions, givenSource } from './options.js';

/** The file that a run reads: the command line's before the scenario's; undefined for generated data. */
export function sourceOf(scenario: Scenario, options: BenchOptions): DataSource | undefined {
  return givenSource(options) ?? scenario.data;
}

/** Reads a data file once and keeps it packed, for every cell to read. */
export async function prepareData(
  source: DataSource,
  folder: TemporaryFolder,
  note: (line: string) => void,
): Promise<PreparedData> {
  note(`Reading ${source.file} …`);
  const { loadData } = await import('../../dictionary/load/load.js');
  const { locate } = await import('../../dictionary/load/load.js');
  const { writeColumnsFile } = await import('../../dictionary/columns-file.js');
  const { columns, header } = await loadData(source);
  note(
    `${header.name}: ${header.keys} keys, ${header.elements} numbers, ${header.missing} missing values left out.`,
  );
  const seen = identityOf(locate(source));
  const path = join(folder.path(), 'data.columns');
  writeColumnsFile(path, columns);
  keepDataFile(path, async () => {
    note(`${path} is gone; reading ${source.file} again …`);
    if (identityOf(locate(source)) !== seen)
      throw new RunError(
        `${path} is gone, and ${source.file} is not what it was when the run began: it cannot be made again. What was measured is kept.`,
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

/** Changes whenever somebody writes to a file. */
function identityOf(file: string): string {
  const { ino, size, mtimeMs } = statSync(file);
  return [ino, size, mtimeMs].join(' ');
}
