import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { loadData } from '../src/dictionary/load.js';

/*
 * `npm run flights` makes scenarios/data/flights.parquet: of the flights in vega-datasets, which are 42 MB to install,
 * the two columns that the scenario reads, sorted by airport. Keys and lists come out in the same order.
 */

const target = fileURLToPath(new URL('../../scenarios/data/flights.parquet', import.meta.url));

const { columns } = await loadData({
  package: 'vega-datasets',
  file: 'data/flights-3m.parquet',
  groupBy: 'origin',
  value: 'delay',
});
const { keys, offsets, values } = columns;
const origins = keys.flatMap((key, i) => Array<string>(offsets[i + 1] - offsets[i]).fill(key));
const delays = Int32Array.from(values);
if (delays.some((delay, i) => delay !== values[i])) throw new Error('a delay is no whole number of minutes');

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
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, new Uint8Array(file));
process.stdout.write(`${target}: ${(file.byteLength / 1e6).toFixed(1)} MB, ${keys.length} airports\n`);
