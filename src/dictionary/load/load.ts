import { createHash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Columns } from '../../contract/dictionary.js';
import type { DataSource } from '../../contract/scenario.js';
import { type Chunks, firstBytes, type OnRead, readChunks, standardInput, unpackedName } from './bytes.js';
import { type Lenient, readCsv } from './csv.js';
import { DataError } from './data-error.js';
import { readJson, readNdjson } from './json.js';
import { NumberReader } from './numbers.js';
import { readParquet } from './parquet.js';
import { type Collector, collect, type RawData } from './rows.js';
import { decodeText } from './text.js';

export { DataError } from './data-error.js';

/** What the results file says about real data; `DataHeader` of src/results has the same fields. */
export interface DataSummary {
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
  /** How many of the numbers are NaN or ±Infinity; absent where none is. */
  readonly notFinite?: number;
  /** Whole numbers that were rounded to doubles, as was asked for; absent where none was. */
  readonly rounded?: number;
  /** Rows of another length than the first, and fields with stray quotes, as was allowed; absent where none was. */
  readonly mended?: number;
}

export interface LoadedData {
  readonly columns: Columns;
  readonly header: DataSummary;
  /** Words that stood for missing values, and how often: what `missing` is made of where fields were not empty. */
  readonly missingWords: ReadonlyMap<string, number>;
}

/**
 * Reads data files into columns: keys in order of first appearance, values in the order of the files.
 * Throws a DataError: a sentence with the file, the place in it, what was found and what to do.
 */
export async function loadData(source: DataSource, onRead?: OnRead): Promise<LoadedData> {
  const paths = source.file === standardInput ? [standardInput] : await locate(source);
  const rows = collect();
  const lenient: Lenient = { ragged: 0, quotes: 0 };
  const numbers = new NumberReader(source);
  let parquet: Awaited<ReturnType<typeof readParquet>> | undefined;
  for (const path of paths) {
    const own = paths.length === 1 ? source : { ...source, file: path };
    const kind = await kindOf(path, own.file);
    if (kind === 'parquet') {
      if (paths.length > 1)
        throw new DataError(source.file, 'names several parquet files: join them, or name one');
      parquet = await readParquet(path, own);
    } else await readText(kind, path, own, { rows, numbers, lenient, onRead });
  }
  numbers.check();
  const { columns, missing } = parquet ?? finished(rows, source.file);
  if (columns.values.length === 0) {
    throw new DataError(
      source.file,
      `holds no numbers (${columns.keys.length} keys, ${missing} missing values)`,
    );
  }
  const counts = {
    notFinite: parquet?.notFinite ?? numbers.notFinite,
    rounded: parquet?.rounded ?? numbers.rounded,
    mended: lenient.ragged + lenient.quotes,
  };
  const header = summary(
    source.file === standardInput ? 'standard input' : basename(paths.length === 1 ? paths[0] : source.file),
    columns,
    missing,
  );
  return {
    columns,
    header: { ...header, ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) },
    missingWords: parquet === undefined ? numbers.missing : new Map(parquet.words),
  };
}

function finished(rows: Collector, file: string): RawData {
  try {
    return rows.finish();
  } catch (cause) {
    throw new DataError(file, (cause as Error).message, { cause });
  }
}

interface Into {
  readonly rows: Collector;
  readonly numbers: NumberReader;
  readonly lenient: Lenient;
  readonly onRead?: OnRead;
}

async function readText(kind: FileKind, path: string, source: DataSource, into: Into): Promise<void> {
  const chunks = readChunks(path, source.file, into.onRead);
  const isTable = kind === 'csv' || kind === 'tsv';
  if (source.at !== undefined && kind !== 'json')
    throw new DataError(source.file, `is not a JSON document: leave --at out`);
  try {
    if (isTable)
      await readCsv(
        decodeText(chunks, source.encoding, source.file),
        source,
        into,
        kind === 'tsv' ? '\t' : undefined,
      );
    else if (kind === 'ndjson')
      await readNdjson(decodeText(chunks, source.encoding, source.file), source, into);
    else if (kind === 'json') await readJson(asUtf8(chunks, source), source, into);
    else {
      const { kind: found, all } = await sniffed(chunks, source);
      if (found === 'json') await readJson(encoded(all), source, into);
      else if (found === 'ndjson') await readNdjson(all, source, into);
      else await readCsv(all, source, into);
    }
  } catch (cause) {
    // The dictionary was full.
    throw cause instanceof RangeError ? new DataError(source.file, cause.message, { cause }) : cause;
  }
}

/** JSON is walked as UTF-8; what is something else is made that. */
async function* asUtf8(chunks: Chunks, { encoding, file }: DataSource): Chunks {
  if (encoding === undefined) {
    const iterator = chunks[Symbol.asyncIterator]();
    const first = await iterator.next();
    async function* all(): Chunks {
      if (!first.done) yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    }
    const [a, b] = first.done ? [] : first.value;
    const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
    yield* isUtf16 ? encoded(decodeText(all(), undefined, file)) : all();
  } else yield* encoded(decodeText(chunks, encoding, file));
}

async function* encoded(text: AsyncIterable<string>): Chunks {
  for await (const piece of text) yield Buffer.from(piece, 'utf8');
}

/** What comes without a name that says what it is, by its beginning. */
async function sniffed(chunks: Chunks, source: DataSource) {
  const text = decodeText(chunks, source.encoding, source.file);
  const first = await text.next();
  const head = first.done ? '' : first.value;
  if (head === '') throw new DataError(source.file, 'is empty (0 bytes)');
  async function* all(): AsyncGenerator<string> {
    yield head;
    yield* text;
  }
  return { kind: sniffKind(head), all: all() };
}

function sniffKind(head: string): 'json' | 'ndjson' | 'csv' {
  const start = head.trimStart();
  if (!/^[[{]/.test(start)) return 'csv';
  const [line, next] = start.split(/\r?\n/, 2);
  if (next === undefined || !/^\s*[[{]/.test(next)) return 'json';
  try {
    JSON.parse(line);
    return 'ndjson';
  } catch {
    return 'json';
  }
}

function summary(name: string, { keys, offsets, values }: Columns, missing: number) {
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

/** Formats of data files that can be read; `text` is found out by its beginning. */
type FileKind = 'json' | 'ndjson' | 'parquet' | 'csv' | 'tsv' | 'text';

const kindOfExtension: ReadonlyMap<string, FileKind> = new Map(
  Object.entries<FileKind>({
    '.json': 'json',
    '.geojson': 'json',
    '.ndjson': 'ndjson',
    '.jsonl': 'ndjson',
    '.parquet': 'parquet',
    '.csv': 'csv',
    '.tsv': 'tsv',
    '.tab': 'tsv',
    '.txt': 'text',
    '': 'text',
  }),
);

/** First bytes of formats that are easily taken for another. */
const signatures: readonly {
  readonly bytes: readonly number[];
  readonly is: string;
  readonly todo: string;
}[] = [
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'parquet', todo: 'name it .parquet' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: 'zip',
    todo: 'unpack it first (unzip); a spreadsheet must be exported as CSV',
  },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], is: 'Arrow', todo: 'convert it to parquet' },
];

/**
 * The format that the file's name says, once its first bytes have been found to agree.
 * Throws a DataError for an unknown extension, an empty file, and bytes of another format.
 */
async function kindOf(path: string, file: string): Promise<FileKind> {
  if (path === standardInput) return 'text';
  const extension = extname(unpackedName(path)).toLowerCase();
  const kind = kindOfExtension.get(extension);
  if (kind === undefined) {
    const known = [...kindOfExtension.keys()].filter((each) => each !== '').join(', ');
    throw new DataError(
      file,
      `has the extension '${extension}'; data files are ${known}, also packed (.gz, .zst, .br)`,
    );
  }
  const packed = firstBytes(path, file);
  if (packed.length === 0) throw new DataError(file, 'is empty (0 bytes)');
  const head = kind === 'parquet' ? packed : await headOf(path, file);
  const mismatch = foundInstead(kind, head);
  if (mismatch !== undefined) throw new DataError(file, `is named ${extension}, but ${mismatch}`);
  return kind;
}

async function headOf(path: string, file: string): Promise<Uint8Array> {
  for await (const chunk of readChunks(path, file)) return chunk.subarray(0, 64);
  return new Uint8Array();
}

function foundInstead(kind: FileKind, head: Uint8Array): string | undefined {
  const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (signature !== undefined && signature.is !== kind)
    return `its bytes are ${signature.is}: ${signature.todo}`;
  const start = new TextDecoder().decode(head).trimStart();
  const isJson = /^(?:\{\s*"|\{\s*\}|\[\s*[[{\d"-])/.test(start);
  if (kind === 'parquet' && signature === undefined) {
    return isJson
      ? 'its bytes are JSON: name it .json or .ndjson'
      : 'does not begin with PAR1 as every parquet file does';
  }
  if ((kind === 'csv' || kind === 'tsv') && isJson) return 'its bytes are JSON: name it .json or .ndjson';
  return undefined;
}

/**
 * The absolute paths of the files that a source names: one, relative to the working folder, as a `file:` URL or inside an
 * npm package; or all that a pattern finds, in the order of their names; none for standard input. Throws a DataError where
 * there is no such file or package, or a folder in its place.
 */
export async function locate(source: DataSource): Promise<string[]> {
  const { file, package: name } = source;
  if (file === standardInput) return [];
  if (name !== undefined || !/[*?{[]/.test(file) || statOf(plainPath(file)) !== undefined)
    return [locateOne(source)];
  const { glob } = await import('tinyglobby');
  const found = await glob(file, { absolute: true, onlyFiles: true, expandDirectories: false });
  if (found.length === 0) throw new DataError(file, 'no file has a name like that');
  return found.sort();
}

function locateOne(source: DataSource): string {
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
