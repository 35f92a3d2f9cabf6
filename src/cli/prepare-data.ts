import { join } from 'node:path';
import { InputError } from '../contract/errors.js';
import type { DataSource, Scenario } from '../contract/scenario.js';
import type { PreparedData } from '../measure/plan.js';
import type { BenchOptions } from './bench-options.js';
import type { TemporaryFolder } from './temporary-folder.js';

/** The file that a run reads: the command line's before the scenario's; undefined for generated data. */
export function sourceOf(scenario: Scenario, options: BenchOptions): DataSource | undefined {
  const { data, groupBy, value } = options;
  if (data === undefined) {
    const given = groupBy !== undefined ? '--group-by' : value !== undefined ? '--value' : undefined;
    if (given !== undefined)
      throw new InputError(`${given} names a column of a data file: name the file too, with --data FILE.`);
    return scenario.data;
  }
  return { file: data, ...(groupBy ? { groupBy } : {}), ...(value ? { value } : {}) };
}

/** Reads a data file once and keeps it packed, for every cell to read. */
export async function prepareData(
  source: DataSource,
  folder: TemporaryFolder,
  note: (line: string) => void,
): Promise<PreparedData> {
  note(`Reading ${source.file} …`);
  const { loadData } = await import('../dictionary/load.js');
  const { writeColumnsFile } = await import('../dictionary/columns-file.js');
  const { columns, header } = await loadData(source);
  note(
    `${header.name}: ${header.keys} keys, ${header.elements} numbers, ${header.missing} missing values left out.`,
  );
  const path = join(folder.path(), 'data.columns');
  writeColumnsFile(path, columns);
  const { keys, offsets } = columns;
  const lengths = Uint32Array.from(keys, (_, index) => offsets[index + 1] - offsets[index]);
  const values = columns.values.every((x) => (x | 0) === x) ? 'ints' : 'doubles';
  return { path, header, lengths, values };
}
