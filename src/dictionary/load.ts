import { createHash } from 'node:crypto';
import { readSync, type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Columns } from '../contract/dictionary.js';
import type { DataSource } from '../contract/scenario.js';
import { openRegularFile } from '../files/read-file.js';
import { readCsv } from './data-csv.js';
import { DataError } from './data-error.js';
import { readJson, readNdjson } from './data-json.js';
import { readParquet } from './data-parquet.js';
import type { RawData } from './group-rows.js';

export { DataError } from './data-error.js';

/** What the results file says about real data; `DataHeader` of src/results has the same fields. */
interface DataSummary {
  /** File name without folders. */
  readonly name: string;
  readonly keys: number;
  readonly elements: number;
  /** Rows or list items without a key or value: left out of the lists, never turned into 0. */
  readonly missing: number;
  readonly shortest: number;
  readonly longest: number;
  /** Of keys, lengths and numbers, in hex: the same name may hold other ones, and other columns of it. */
  readonly sha256: string;
}

interface LoadedData {
  readonly columns: Columns;
  readonly header: DataSummary;
}

/**
 * Reads a data file into columns: keys in order of first appearance, values in the order of the file.
 * Throws a DataError: a sentence with the file, the place in it, what was found and what to do.
 */
export async function loadData(source: DataSource): Promise<LoadedData> {
  const path = locate(source);
  const { columns, missing } = await read(path, source);
  if (columns.values.length === 0) {
    throw new DataError(
      source.file,
      `holds no numbers (${columns.keys.length} keys, ${missing} missing values)`,
    );
  }
  return { columns, header: summary(basename(path), columns, missing) };
}

async function read(path: string, source: DataSource): Promise<RawData> {
  const kind = fileKind(path, source.file);
  if (kind === 'parquet') return readParquet(path, source);
  if (kind === 'csv') return readCsv(path, source, ',');
  if (kind === 'tsv') return readCsv(path, source, '\t');
  if (source.groupBy !== undefined || source.value !== undefined) {
    throw new DataError(
      source.file,
      'holds whole lists: leave groupBy and value out, they are for parquet and CSV',
    );
  }
  return kind === 'json' ? readJson(path, source.file) : readNdjson(path, source.file);
}

function summary(name: string, { keys, offsets, values }: Columns, missing: number): DataSummary {
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (let key = 0; key < keys.length; key++) {
    const length = offsets[key + 1] - offsets[key];
    if (length < shortest) shortest = length;
    if (length > longest) longest = length;
  }
  return {
    name,
    keys: keys.length,
    elements: values.length,
    missing,
    shortest,
    longest,
    sha256: digestOf({ keys, offsets, values }),
  };
}

function digestOf({ keys, offsets, values }: Columns): string {
  return createHash('sha256').update(JSON.stringify(keys)).update(offsets).update(values).digest('hex');
}

/** Formats of data files that can be read. */
type FileKind = 'json' | 'ndjson' | 'parquet' | 'csv' | 'tsv';

const kindOfExtension: ReadonlyMap<string, FileKind> = new Map(
  Object.entries<FileKind>({
    '.json': 'json',
    '.ndjson': 'ndjson',
    '.jsonl': 'ndjson',
    '.parquet': 'parquet',
    '.csv': 'csv',
    '.tsv': 'tsv',
  }),
);

/** First bytes of formats that are easily taken for another. */
const signatures: readonly {
  readonly bytes: readonly number[];
  readonly is: string;
  readonly todo: string;
}[] = [
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'parquet', todo: 'name it .parquet' },
  { bytes: [0x1f, 0x8b], is: 'gzip', todo: 'unpack it first (gunzip)' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: 'zstd', todo: 'unpack it first (unzstd)' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'zip',
    todo: 'unpack it first (unzip); a spreadsheet must be exported as CSV',
  },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], is: 'Arrow', todo: 'convert it to parquet' },
  { bytes: [0xff, 0xfe], is: 'UTF-16 text', todo: 'convert it to UTF-8' },
  { bytes: [0xfe, 0xff], is: 'UTF-16 text', todo: 'convert it to UTF-8' },
];

/**
 * The format that the file's name says, once its first bytes have been found to agree.
 * Throws a DataError for an unknown extension, an empty file, and bytes of another format.
 */
function fileKind(path: string, file: string): FileKind {
  const extension = extname(path).toLowerCase();
  const kind = kindOfExtension.get(extension);
  if (kind === undefined) {
    const known = [...kindOfExtension.keys()].join(', ');
    throw new DataError(file, `has the extension '${extension}'; data files are ${known}`);
  }
  const head = firstBytes(path, file);
  if (head.length === 0) throw new DataError(file, 'is empty (0 bytes)');
  const mismatch = foundInstead(kind, head);
  if (mismatch !== undefined) throw new DataError(file, `is named ${extension}, but ${mismatch}`);
  return kind;
}

function foundInstead(kind: FileKind, head: Uint8Array): string | undefined {
  const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (signature !== undefined && signature.is !== kind)
    return `its bytes are ${signature.is}: ${signature.todo}`;
  const start = new TextDecoder().decode(head).trimStart().at(0) ?? '';
  const isJson = start === '{' || start === '[';
  if (kind === 'parquet' && signature === undefined) {
    return isJson
      ? 'its bytes are JSON: name it .json or .ndjson'
      : 'does not begin with PAR1 as every parquet file does';
  }
  if ((kind === 'csv' || kind === 'tsv') && isJson) return 'its bytes are JSON: name it .json or .ndjson';
  return undefined;
}

function firstBytes(path: string, file: string): Uint8Array {
  const { file: descriptor, bytes: size, close } = openRegularFile(path, file);
  try {
    const bytes = new Uint8Array(Math.min(64, size));
    readSync(descriptor, bytes);
    return bytes;
  } finally {
    close();
  }
}

/**
 * The absolute path of a data file: relative to the working folder, a `file:` URL, or inside an npm package.
 * Throws a DataError where there is no such file, package or a folder in its place.
 */
export function locate(source: DataSource): string {
  const path =
    source.package === undefined ? plainPath(source.file) : pathInPackage(source.file, source.package);
  const stats = statOf(path);
  if (stats === undefined) {
    const inPackage = source.package === undefined ? '' : ` in the package ${source.package}`;
    throw new DataError(source.file, `there is no such file${inPackage} (looked for ${path})`);
  }
  if (stats.isDirectory()) throw new DataError(source.file, `is a folder; name one file in it (${path})`);
  return path;
}

function plainPath(file: string): string {
  return file.startsWith('file:') ? fileURLToPath(file) : resolve(file);
}

/**
 * Looks through node_modules folders itself: `require.resolve` asks the package's `exports`, which hide data files and
 * package.json. From this module upwards first (our own dependencies), then from the user's folder.
 */
function pathInPackage(file: string, name: string): string {
  const froms = [import.meta.url, pathToFileURL(join(process.cwd(), 'index.js')).href];
  const folders = froms.flatMap((from) => createRequire(from).resolve.paths(name) ?? []);
  const root = folders.map((folder) => join(folder, name)).find((path) => statOf(path)?.isDirectory());
  if (root === undefined) {
    throw new DataError(file, `its package ${name} is not installed; run: npm install ${name}`);
  }
  const path = resolve(root, file);
  if (!path.startsWith(root + sep)) throw new DataError(file, `lies outside the package ${name}`);
  return path;
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
