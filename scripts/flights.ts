import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { loadData } from '../src/dictionary/load/load.js';
import { defineLab, say } from './lab/lab.js';
import { writeReport } from './lab/report.js';

/*
 * `npm run flights` makes scenarios/data/flights.parquet: of the flights in vega-datasets, which are 42 MB to install,
 * the two columns that the scenario reads, sorted by airport. Keys and lists come out in the same order.
 */

const target = fileURLToPath(new URL('../../scenarios/data/flights.parquet', import.meta.url));

export const lab = defineLab({}, async () => {
  const { columns } = await loadData({
    package: 'vega-datasets',
    file: 'data/flights-3m.parquet',
    groupBy: 'origin',
    value: 'delay',
  });
  const { keys, offsets, values } = columns;
  const origins = keys.flatMap((key, i) => Array<string>(offsets[i + 1] - offsets[i]).fill(key));
  const delays = Int32Array.from(values);
  if (delays.some((delay, i) => delay !== values[i]))
    throw new Error('a delay is no whole number of minutes');

  const file = parquetWriteBuffer({
    columnData: [
      { name: 'origin', data: origins, type: 'STRING' },
      { name: 'delay', data: delays, type: 'INT32' },
    ],
    codec: 'BROTLI',
    compressors: { BROTLI: (bytes) => brotliCompressSync(bytes) },
    // A decoder holds one group at a time.
    rowGroupSize: 1_000_000,
    statistics: false,
  });
  writeReport(target, new Uint8Array(file));
  say(`${target}: ${(file.byteLength / 1e6).toFixed(1)} MB, ${keys.length} airports`);
  return 0;
});
